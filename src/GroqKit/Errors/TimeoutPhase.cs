namespace GroqKit;

/// <summary>What a call was waiting for when its deadline passed.</summary>
public enum TimeoutPhase
{
    /// <summary>Name resolution, connection and encryption.</summary>
    Connect,

    /// <summary>Credentials, sending, and the answer's headers.</summary>
    Headers,

    /// <summary>The answer's body.</summary>
    Body,

    /// <summary>The first piece of a stream.</summary>
    FirstChunk,

    /// <summary>The next piece of a stream.</summary>
    BetweenChunks,

    /// <summary>The server waited for the request, or for something behind it (408).</summary>
    Server,
}
