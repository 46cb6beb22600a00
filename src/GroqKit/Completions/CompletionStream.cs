using GroqKit.Chat;
using GroqKit.Http;

namespace GroqKit.Completions;

/// <summary>A continued text that is streamed: enumerate it, or collect it, once; see <see cref="GroqStream{TPiece, TAnswer}"/>.</summary>
public sealed class CompletionStream : GroqStream<Completion, Completion>
{
    private readonly CompletionProtocol _protocol;

    internal CompletionStream(ApiCall call, TimeSpan idleTimeout, TimeProvider time, CancellationToken callToken)
        : this(call, idleTimeout, time, new CompletionProtocol(), callToken) { }

    private CompletionStream(
        ApiCall call,
        TimeSpan idleTimeout,
        TimeProvider time,
        CompletionProtocol protocol,
        CancellationToken callToken
    )
        : base(new EventPump<Completion>(call, idleTimeout, time, protocol, callToken)) => _protocol = protocol;

    /// <summary>Tokens as the server reports them at the end; null before, or when it does not.</summary>
    public ChatUsage? Usage => _protocol.Usage;

    private protected override int? OutputTokens => Usage?.CompletionTokens;

    private protected override Completion Build() => _protocol.Build();
}
