namespace GroqKit;

/// <summary>How a stream broke.</summary>
public enum StreamFailure
{
    /// <summary>A piece was not the JSON that was expected, or an event had no end.</summary>
    Malformed,

    /// <summary>A piece was not UTF-8.</summary>
    InvalidUtf8,

    /// <summary>The connection broke.</summary>
    ConnectionLost,

    /// <summary>The stream ended without a finish reason and its end mark.</summary>
    Truncated,

    /// <summary>The server reported an error within the stream.</summary>
    ServerError,

    /// <summary>Nothing came for longer than allowed.</summary>
    Idle,
}
