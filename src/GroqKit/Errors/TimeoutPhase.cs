namespace GroqKit;

/// <summary>What a call was waiting for when its deadline passed.</summary>
public enum TimeoutPhase
{
    /// <summary>A connection: over a transport that was passed in, all of it; else the network's part.</summary>
    Connect,

    /// <summary>Credentials, a free connection, sending, and the answer's headers.</summary>
    Headers,

    /// <summary>The answer's body.</summary>
    Body,

    /// <summary>The first piece of a stream.</summary>
    FirstChunk,

    /// <summary>The next piece of a stream.</summary>
    BetweenChunks,

    /// <summary>The server waited for the request, or for something behind it (408).</summary>
    Server,

    /// <summary>The address of the server's name.</summary>
    NameResolution,

    /// <summary>The encryption of a connection.</summary>
    TlsHandshake,

    /// <summary>Its turn: the deadline of all attempts passed before one could be sent.</summary>
    Total,
}
