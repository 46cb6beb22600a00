namespace GroqKit.Gateway.Services.Cache;

/// <summary>What is kept under a key. Immutable; nobody may write to its bytes.</summary>
/// <param name="Value">The serialized value.</param>
/// <param name="ExpiresAt">Until when it holds, in milliseconds since 1970.</param>
/// <param name="Tags">What it can be invalidated by, each with the generation of the tag when its value was asked for.</param>
internal sealed record CacheEntry(byte[] Value, long ExpiresAt, CacheTag[] Tags)
{
    // An object, its array and its place in the tables.
    private const int Overhead = 200;

    /// <summary>About how many bytes it takes, with its key.</summary>
    public long SizeWith(string key) =>
        Overhead + Value.Length + 2L * key.Length + Tags.Sum(tag => 2L * tag.Name.Length + 32);
}
