using GroqKit.Providers.Fallback;

namespace GroqKit.Gateway.Services.Forwarding;

/// <summary>How long the gateway waits for a provider, phase by phase.</summary>
/// <param name="Connect">For a connection, TLS included. Default 10 s.</param>
/// <param name="Headers">For the answer to begin. A whole answer is only begun when it is finished, so this is long. Default 120 s.</param>
/// <param name="Idle">Between two pieces of an answer. Time that the caller takes to read doesn't count. Default 60 s.</param>
internal sealed record Deadlines(TimeSpan Connect, TimeSpan Headers, TimeSpan Idle)
{
    /// <summary>What programs get that ask providers without a gateway: a chain is to be as patient on either way.</summary>
    public static FallbackOptions Usual { get; } = new();

    /// <summary>
    /// For a stream's first words while another provider is left to ask; roles, empty pieces and heartbeats are none. Default 10 s.
    /// </summary>
    public TimeSpan FirstOutput { get; init; } = Usual.FirstOutputTimeout;

    /// <summary>For a whole answer to begin while another provider is left to ask. Default 30 s.</summary>
    public TimeSpan WholeAnswer { get; init; } = Usual.WholeAnswerTimeout;

    /// <summary>The longest silence after the first words while another provider is left to go on. Default 20 s.</summary>
    public TimeSpan Gap { get; init; } = Usual.GapTimeout;

    /// <summary>
    /// How often a stream that is silent shows the caller, and whatever lies between, that it is alive. Default 10 s; a silence of at most twice
    /// as long is filled.
    /// </summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many pieces of output a caller who holds has held back. Default 64.</summary>
    public int HoldTokens { get; init; } = 64;

    /// <summary>
    /// For a caller to send its request's headers. Its body has to come at 240 bytes a second at least, from the fifth second on. Default 10 s.
    /// </summary>
    public TimeSpan RequestHeaders { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The shortest of those that the gateway itself keeps.</summary>
    public TimeSpan Shortest { get; } = Headers < Idle ? Headers : Idle;
}
