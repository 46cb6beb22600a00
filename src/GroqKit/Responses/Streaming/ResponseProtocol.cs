using GroqKit.Http;

namespace GroqKit.Responses;

/// <summary>What the events of a response mean.</summary>
internal sealed class ResponseProtocol : IEventProtocol<ResponseEvent>
{
    private readonly ResponseEventParser _parser = new();
    private readonly ResponseAccumulator _accumulator = new();

    public bool IsDone => _parser.IsDone;

    public bool IsComplete => _accumulator.IsFinished;

    public EventFailure? Failure => _parser.Failure;

    public ResponseUsage? Usage => _accumulator.Usage;

    public ResponseEvent? Parse(string eventType, ReadOnlySpan<byte> data) => _parser.Parse(eventType, data);

    public bool Add(ResponseEvent piece) => _accumulator.Add(piece);

    public Response Build() => _accumulator.Build();

    public GroqResponse Snapshot() => Build();
}
