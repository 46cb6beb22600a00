namespace GroqKit.Simulator.Requests;

/// <summary>How a request ended, seen from the simulator.</summary>
public enum RequestOutcome
{
    /// <summary>Not over yet.</summary>
    Running,

    /// <summary>The whole answer was sent, be it a success or an error that the request earned.</summary>
    Completed,

    /// <summary>A fault replaced, broke off or spoilt the answer.</summary>
    Faulted,

    /// <summary>The caller closed the connection before the answer was complete.</summary>
    ClientGone,
}
