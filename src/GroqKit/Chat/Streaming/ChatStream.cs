using GroqKit.Http;

namespace GroqKit.Chat;

/// <summary>A streamed chat answer: enumerate it, or collect it, once; see <see cref="GroqStream{TPiece, TAnswer}"/>.</summary>
public sealed class ChatStream : GroqStream<ChatChunk, ChatCompletion>
{
    private readonly ChatProtocol _protocol;

    internal ChatStream(ApiCall call, TimeSpan idleTimeout, TimeProvider time, CancellationToken callToken)
        : this(call, idleTimeout, time, new ChatProtocol(), callToken) { }

    private ChatStream(
        ApiCall call,
        TimeSpan idleTimeout,
        TimeProvider time,
        ChatProtocol protocol,
        CancellationToken callToken
    )
        : base(new EventPump<ChatChunk>(call, idleTimeout, time, protocol, callToken)) => _protocol = protocol;

    /// <summary>What was asked before without success, when <see cref="CallOptions.Repair"/> allowed to ask once more.</summary>
    public IReadOnlyList<GenerationRepair> Repairs { get; internal init; } = [];

    /// <summary>Tokens as the server reports them at the end; null before, or when it does not.</summary>
    public ChatUsage? Usage => _protocol.Usage;

    private protected override int? OutputTokens => Usage?.CompletionTokens;

    private protected override ChatCompletion Build()
    {
        ChatCompletion answer = _protocol.Build();
        answer.Repairs = Repairs;
        return answer;
    }
}
