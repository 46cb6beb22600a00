using GroqKit.Http;
using GroqKit.Telemetry;

namespace GroqKit.Responses;

/// <summary>What the events of a response mean.</summary>
internal sealed class ResponseProtocol : IEventProtocol<ResponseEvent>
{
    private readonly ResponseEventParser _parser = new();
    private readonly ResponseAccumulator _accumulator = new();
    private long _contentLength;

    public bool IsDone => _parser.IsDone;

    public bool IsComplete => _accumulator.IsFinished;

    public EventFailure? Failure => _parser.Failure;

    public CallFigures Figures => _accumulator.Latest.Figures with { ContentLength = _contentLength };

    public ResponseUsage? Usage => _accumulator.Usage;

    public ResponseEvent? Parse(string eventType, ReadOnlySpan<byte> data) => _parser.Parse(eventType, data);

    public bool Add(ResponseEvent piece)
    {
        if (piece.Type == ResponseEventType.OutputTextDelta)
            _contentLength += piece.Delta?.Length ?? 0;
        return _accumulator.Add(piece);
    }

    public Response Build() => _accumulator.Build();

    public GroqResponse Snapshot() => Build();
}
