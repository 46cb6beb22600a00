namespace GroqKit.Cli.Display;

/// <summary>Is told how far a long work is. Safe for all threads.</summary>
internal interface IWorkProgress
{
    /// <summary>How much there is to do.</summary>
    void Begin(int total, int done);

    /// <summary>One more is done.</summary>
    void Advance();

    /// <summary>Where things stand, in a few words beside the bar.</summary>
    void Say(string status);

    /// <summary>A line about something that failed, which stays on the screen.</summary>
    void Fail(string message);
}
