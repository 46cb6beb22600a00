namespace GroqKit.Gateway.Services.Forwarding;

/// <summary>How long the gateway waits for a provider, phase by phase.</summary>
/// <param name="Connect">For a connection, TLS included. Default 10 s.</param>
/// <param name="Headers">For the answer to begin. A whole answer is only begun when it is finished, so this is long. Default 120 s.</param>
/// <param name="Idle">Between two pieces of an answer. Time that the caller takes to read doesn't count. Default 60 s.</param>
internal sealed record Deadlines(TimeSpan Connect, TimeSpan Headers, TimeSpan Idle)
{
    /// <summary>The shortest of those that the gateway itself keeps.</summary>
    public TimeSpan Shortest { get; } = Headers < Idle ? Headers : Idle;
}
