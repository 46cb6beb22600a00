using GroqKit.Http;

namespace GroqKit.Responses;

/// <summary>
/// A streamed response: enumerate it, or collect it, once. A response that was cut ends as completed, and says so in its status; one that failed
/// is raised.
/// </summary>
public sealed class ResponseStream : GroqStream<ResponseEvent, Response>
{
    private readonly ResponseProtocol _protocol;

    internal ResponseStream(ApiCall call, TimeSpan idleTimeout, TimeProvider time, CancellationToken callToken)
        : this(call, idleTimeout, time, new ResponseProtocol(), callToken) { }

    private ResponseStream(
        ApiCall call,
        TimeSpan idleTimeout,
        TimeProvider time,
        ResponseProtocol protocol,
        CancellationToken callToken
    )
        : base(new EventPump<ResponseEvent>(call, idleTimeout, time, protocol, callToken)) => _protocol = protocol;

    /// <summary>Tokens as the server reports them at the end; null before, or when it does not.</summary>
    public ResponseUsage? Usage => _protocol.Usage;

    private protected override int? OutputTokens => Usage?.OutputTokens;

    private protected override Response Build() => _protocol.Build();
}
