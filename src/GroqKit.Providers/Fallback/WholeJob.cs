namespace GroqKit.Providers.Fallback;

/// <summary>A job whose answer comes in one piece: there is no progress to see before it is complete.</summary>
internal abstract class WholeJob<TItem> : FallbackJob<TItem>
{
    /// <summary>Asks a provider.</summary>
    public abstract Task<TItem> AskAsync(FallbackCandidate candidate, CancellationToken cancellationToken);
}
