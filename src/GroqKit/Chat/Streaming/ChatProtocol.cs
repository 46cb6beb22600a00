using GroqKit.Http;
using GroqKit.Telemetry;

namespace GroqKit.Chat;

/// <summary>What the pieces of a chat mean.</summary>
internal sealed class ChatProtocol : IEventProtocol<ChatChunk>
{
    private readonly ChunkParser _parser = new();
    private readonly ChatAccumulator _accumulator = new();
    private EventFailure? _failure;
    private long _contentLength;

    public bool IsDone => _parser.IsDone;

    public bool IsComplete => _accumulator.IsFinished;

    public EventFailure? Failure => _parser.Failure ?? _failure;

    public CallFigures Figures => _accumulator.Figures with { ContentLength = _contentLength };

    public ChatUsage? Usage => _accumulator.Usage;

    public ChatChunk? Parse(string eventType, ReadOnlySpan<byte> data) => _parser.Parse(eventType, data);

    public bool Add(ChatChunk piece)
    {
        _accumulator.Add(piece);
        if (piece.XGroq?.Error is { } error)
            _failure = new EventFailure(StreamFailure.ServerError, error);
        if (!HasOutput(piece))
            return false;
        _contentLength += piece.Choices[0].Delta.Content?.Length ?? 0;
        return true;
    }

    public ChatCompletion Build() => _accumulator.Build();

    public GroqResponse Snapshot() => Build();

    private static bool HasOutput(ChatChunk chunk)
    {
        if (chunk.Choices is not { Count: > 0 })
            return false;
        ChatDelta delta = chunk.Choices[0].Delta;
        return delta is { Content.Length: > 0 } or { Reasoning.Length: > 0 }
            || delta.ToolCalls is { Count: > 0 }
            || delta.ExecutedTools is { Count: > 0 };
    }
}
