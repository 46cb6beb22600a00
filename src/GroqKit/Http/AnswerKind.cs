namespace GroqKit.Http;

/// <summary>What a call is answered with when all goes well.</summary>
internal enum AnswerKind
{
    /// <summary>JSON, or text where the request asks for it; read as a whole.</summary>
    Json,

    /// <summary>A stream of events.</summary>
    Events,

    /// <summary>Bytes, read as a whole.</summary>
    Bytes,

    /// <summary>Anything, as a stream, whatever type it says it is.</summary>
    Any,

    /// <summary>A stream of bytes.</summary>
    ByteStream,
}
