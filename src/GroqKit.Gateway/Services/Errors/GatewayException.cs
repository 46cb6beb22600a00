using GroqKit.Gateway.Services.Usage;
using GroqKit.Providers;

namespace GroqKit.Gateway.Services.Errors;

/// <summary>Ends a call early with the error its caller gets and the outcome its usage record gets.</summary>
internal sealed class GatewayException : Exception
{
    public GatewayException(GatewayError error, Outcome outcome, Exception? inner = null)
        : base(error.Message, inner)
    {
        Error = error;
        Outcome = outcome;
    }

    public GatewayError Error { get; }

    public Outcome Outcome { get; }

    /// <summary>What kind of failure of the provider it was; null when it was none of a provider's.</summary>
    public ProviderFailure? Failure { get; init; }

    /// <summary>The provider's own <c>retry-after</c>, passed on when it sent one.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>The same as a time; null when it sent none or nothing that can be understood.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>More headers of the answer.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The provider's error body, sent in place of <see cref="Error"/> because it already has the right shape.</summary>
    public ReadOnlyMemory<byte> ProviderBody { get; init; }
}
