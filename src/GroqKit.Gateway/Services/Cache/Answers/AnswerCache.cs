using Microsoft.Extensions.Caching.Hybrid;

namespace GroqKit.Gateway.Services.Cache.Answers;

/// <summary>Keeps whole answers, as JSON. Never waits longer than the cache below it does, and never throws. Thread-safe.</summary>
internal sealed class AnswerCache(HybridCache cache, CacheOptions options)
{
    private static readonly HybridCacheEntryOptions OnlyLook = new()
    {
        Flags = HybridCacheEntryFlags.DisableUnderlyingData,
    };

    public bool Enabled => options.Enabled;

    /// <summary>The longest answer that is kept, in bytes of JSON.</summary>
    public int LargestAnswer => options.LargestValue;

    /// <returns>The answer; null when there is none.</returns>
    public ValueTask<byte[]?> FindAsync(AnswerRequest request, CancellationToken cancellationToken) =>
        cache.GetOrCreateAsync<byte[]?>(
            request.Key,
            static _ => default,
            OnlyLook,
            cancellationToken: cancellationToken
        );

    /// <param name="request">What was asked.</param>
    /// <param name="answer">The whole answer.</param>
    /// <param name="lifetime">For how long; null for the usual time.</param>
    /// <param name="tag">By what it is dropped before; null for nothing.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask KeepAsync(
        AnswerRequest request,
        byte[] answer,
        TimeSpan? lifetime,
        string? tag,
        CancellationToken cancellationToken
    ) =>
        cache.SetAsync(
            request.Key,
            answer,
            new HybridCacheEntryOptions { Expiration = lifetime ?? options.AnswerLifetime },
            tag is null ? null : [tag],
            cancellationToken
        );
}
