namespace GroqKit.Providers.Fallback;

/// <summary>What is asked of whichever provider serves. One for each call.</summary>
/// <typeparam name="TItem">A piece of output; the only one when the answer comes whole.</typeparam>
internal abstract class FallbackJob<TItem>
{
    public abstract ProviderService Service { get; }

    /// <summary>Whether the answer comes in one piece: there is no progress to see before it is complete.</summary>
    public virtual bool IsWhole => false;

    /// <summary>Asks a provider.</summary>
    public abstract IAsyncEnumerable<TItem> Start(FallbackCandidate candidate, CancellationToken cancellationToken);

    public abstract OutputTally<TItem> CreateTally();

    /// <summary>
    /// Prepares to go on after an answer broke of which a part was delivered.
    /// </summary>
    /// <param name="policy">What the caller wants.</param>
    /// <param name="delivered">What was delivered by the attempts so far.</param>
    /// <param name="target">Who would go on.</param>
    /// <returns>The job for <paramref name="target"/>, or null when it can't go on without saying something twice.</returns>
    public virtual FallbackJob<TItem>? Resume(
        BreakPolicy policy,
        OutputTally<TItem> delivered,
        FallbackTarget target
    ) => null;

    /// <summary>A piece that tells the caller who goes on, and how; null when there is none to tell it by.</summary>
    public virtual TItem? Announce(FallbackSwitch change) => default;
}
