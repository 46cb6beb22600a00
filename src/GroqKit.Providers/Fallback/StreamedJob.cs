namespace GroqKit.Providers.Fallback;

/// <summary>A job whose answer comes in pieces, which are delivered as they come.</summary>
internal abstract class StreamedJob<TItem> : FallbackJob<TItem>
{
    /// <summary>What counts the output of one attempt.</summary>
    public abstract OutputTally<TItem> CreateTally();

    /// <summary>Asks a provider.</summary>
    public abstract IAsyncEnumerable<TItem> Start(FallbackCandidate candidate, CancellationToken cancellationToken);

    /// <summary>
    /// Prepares to go on after an answer broke of which a part was delivered.
    /// </summary>
    /// <param name="policy">What the caller wants.</param>
    /// <param name="delivered">What was delivered by the attempts so far.</param>
    /// <param name="target">Who would go on.</param>
    /// <returns>The job for <paramref name="target"/>, or null when it can't go on without saying something twice.</returns>
    public virtual StreamedJob<TItem>? Resume(
        BreakPolicy policy,
        OutputTally<TItem> delivered,
        FallbackTarget target
    ) => null;

    /// <summary>A piece that tells the caller who goes on, and how; null when there is none to tell it by.</summary>
    public virtual TItem? Announce(FallbackSwitch change) => default;
}
