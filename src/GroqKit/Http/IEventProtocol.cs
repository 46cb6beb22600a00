using GroqKit.Telemetry;

namespace GroqKit.Http;

/// <summary>What the pieces of one kind of stream mean. One object serves one stream, for one reader at a time.</summary>
internal interface IEventProtocol<TPiece>
    where TPiece : class
{
    /// <summary>The end came, by a mark or by a last piece.</summary>
    bool IsDone { get; }

    /// <summary>Whether the answer is whole, so that the stream may end.</summary>
    bool IsComplete { get; }

    /// <summary>What broke the stream; null while nothing did.</summary>
    EventFailure? Failure { get; }

    /// <summary>Turns an event into a piece; null for an event that holds none. Never throws: what ends the stream is remembered.</summary>
    TPiece? Parse(string eventType, ReadOnlySpan<byte> data);

    /// <summary>Adds a piece to the answer so far. True when it holds output: text, thinking or a tool.</summary>
    bool Add(TPiece piece);

    /// <summary>What is known of the answer in figures; times and the number of pieces are the reader's to add.</summary>
    CallFigures Figures => default;

    /// <summary>What has come so far, as if it were the whole answer.</summary>
    GroqResponse Snapshot();
}
