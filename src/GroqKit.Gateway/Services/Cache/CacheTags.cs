using System.Collections.Concurrent;
using System.Security.Cryptography;
using GroqKit.Gateway.Services.Sharing;

namespace GroqKit.Gateway.Services.Cache;

/// <summary>
/// Knows the present generation of each tag. A number that changes, instead of the time of the last invalidation, because the clocks of
/// nodes differ. Thread-safe.
/// </summary>
internal sealed class CacheTags(ISharedMemory? shared)
{
    private const string KeyPrefix = "cache:tag:";

    // Bounds the memory that tags can claim; what is forgotten is asked for again.
    private const int MaxKnown = 10_000;

    // Longer than any entry lives that was made before.
    private static readonly TimeSpan Kept = CacheOptions.MaxLifetime * 2;

    private readonly ConcurrentDictionary<string, long> _known = new(StringComparer.Ordinal);

    /// <summary>The tags as they are now. Where the shared store doesn't answer, entries made with the result may be held invalid later.</summary>
    public async ValueTask<CacheTag[]> NowAsync(string[] names, CancellationToken cancellationToken)
    {
        if (names.Length == 0)
            return [];
        var tags = new CacheTag[names.Length];
        for (int i = 0; i < names.Length; i++)
            tags[i] = new CacheTag(names[i], await GenerationAsync(names[i], cancellationToken));
        return tags;
    }

    /// <summary>Whether none of the tags was invalidated since.</summary>
    public async ValueTask<bool> AreCurrentAsync(CacheTag[] tags, CancellationToken cancellationToken)
    {
        foreach ((string name, long generation) in tags)
        {
            if (generation != await GenerationAsync(name, cancellationToken))
                return false;
        }
        return true;
    }

    /// <summary>Makes everything with the tag invalid.</summary>
    /// <returns>The new generation, for the other nodes.</returns>
    public async ValueTask<long> InvalidateAsync(string name, CancellationToken cancellationToken)
    {
        long generation = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
        Learn(name, generation);
        if (shared is not null)
            await shared.SetAsync(KeyPrefix + name, CacheEnvelope.WriteGeneration(generation), Kept, cancellationToken);
        return generation;
    }

    /// <summary>Another node has invalidated it.</summary>
    public void Learn(string name, long generation)
    {
        if (shared is not null && _known.Count >= MaxKnown)
            _known.Clear();
        _known[name] = generation;
    }

    /// <summary>Other nodes may have invalidated anything.</summary>
    public void Forget() => _known.Clear();

    private async ValueTask<long> GenerationAsync(string name, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(name, out long known) || shared is null)
            return known;
        SharedAnswer<byte[]?> answer = await shared.GetAsync(KeyPrefix + name, cancellationToken);
        if (!answer.Reached)
            return 0;
        long generation = CacheEnvelope.ReadGeneration(answer.Value);
        if (_known.Count >= MaxKnown)
            _known.Clear();
        return _known.GetOrAdd(name, generation);
    }
}
