using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace GroqKit.Gateway.Services.Keys;

/// <summary>Every valid key, in memory, replaced as a whole. Thread-safe; a check allocates nothing.</summary>
internal sealed class KeyRing
{
    /// <summary>Longer strings are no keys and aren't hashed.</summary>
    public const int MaxKeyLength = 256;

    private volatile FrozenDictionary<ulong, CallerKey[]> _keys = FrozenDictionary<ulong, CallerKey[]>.Empty;

    public int Count => _keys.Values.Sum(keys => keys.Length);

    /// <summary>From the next check on, exactly these keys are valid.</summary>
    public void Replace(IEnumerable<CallerKey> keys) =>
        _keys = keys.GroupBy(key => Bucket(key.Hash.Span))
            .ToFrozenDictionary(group => group.Key, group => group.ToArray());

    public void Add(CallerKey key) => Replace(_keys.Values.SelectMany(keys => keys).Append(key));

    /// <summary>The key's record, or null when the key isn't valid.</summary>
    public CallerKey? Find(ReadOnlySpan<char> key)
    {
        Span<byte> text = stackalloc byte[MaxKeyLength];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (!Encoding.UTF8.TryGetBytes(key, text, out int length))
            return null;
        SHA256.HashData(text[..length], hash);
        // The lookup leaks at most something about a hash, which tells nothing about the key behind it.
        if (!_keys.TryGetValue(Bucket(hash), out CallerKey[]? candidates))
            return null;
        foreach (CallerKey candidate in candidates)
        {
            if (CryptographicOperations.FixedTimeEquals(candidate.Hash.Span, hash))
                return candidate;
        }
        return null;
    }

    private static ulong Bucket(ReadOnlySpan<byte> hash) => BinaryPrimitives.ReadUInt64LittleEndian(hash);
}
