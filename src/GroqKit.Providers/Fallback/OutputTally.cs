using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Fallback;

/// <summary>Counts what one attempt puts out. One for each attempt; used by one thread at a time.</summary>
/// <typeparam name="TItem">A piece of output.</typeparam>
internal abstract class OutputTally<TItem>
{
    /// <summary>What the provider said it used; null when it did not say.</summary>
    public UsageDetails? Usage { get; protected set; }

    /// <summary>Takes a piece, and says whether it carries anything that a caller waits for.</summary>
    /// <exception cref="ProviderException">The piece is an error.</exception>
    public abstract bool Add(TItem item);

    /// <summary>What is wrong with an answer that ended of its own; null when nothing is.</summary>
    public abstract ProviderException? FindFault();
}
