using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Fallback;

/// <summary>A job whose answer comes in one piece: there is no progress to see before it is complete.</summary>
internal abstract class WholeJob<TItem> : FallbackJob<TItem>
{
    /// <summary>Asks a provider.</summary>
    public abstract Task<TItem> AskAsync(FallbackCandidate candidate, CancellationToken cancellationToken);

    /// <summary>What the provider said it used; null when it did not say.</summary>
    public abstract UsageDetails? UsageOf(TItem answer);

    /// <summary>What is wrong with an answer; null when nothing is.</summary>
    public virtual ProviderException? FindFault(TItem answer) => null;
}
