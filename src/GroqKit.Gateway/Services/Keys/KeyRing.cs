using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace GroqKit.Gateway.Services.Keys;

/// <summary>Every key that can be used, in memory. Immutable and thread-safe; a check allocates nothing.</summary>
internal sealed class KeyRing(IEnumerable<CallerKey> keys)
{
    /// <summary>Longer strings are no keys and aren't hashed.</summary>
    public const int MaxKeyLength = 256;

    private readonly FrozenDictionary<ulong, ValidKey[]> _byHash = keys.SelectMany(ValidKey.Of)
        .GroupBy(key => Bucket(key.Hash.Span))
        .ToFrozenDictionary(group => group.Key, group => group.ToArray());

    // Keeps no string alive.
    private readonly ConditionalWeakTable<string, ValidKey> _known = [];

    /// <summary>Whose keys these are; one may come more than once.</summary>
    public IEnumerable<string> Tenants => _byHash.Values.SelectMany(same => same).Select(key => key.Key.Tenant);

    /// <summary>The key that a header presents, or null when it is none of ours. It may have expired.</summary>
    /// <param name="header">The header's value. The server hands out the same string again while a connection sends the same one.</param>
    /// <param name="key">The part of it that is the key.</param>
    public ValidKey? Find(string header, ReadOnlySpan<char> key)
    {
        // A string that was found stays so for the life of this ring; hashing it again would cost more than the rest of the check.
        // Only the object counts, so nothing can be learnt here by sending similar ones.
        if (_known.TryGetValue(header, out ValidKey? known))
            return known;
        ValidKey? found = Find(key);
        if (found is not null)
            _known.TryAdd(header, found);
        return found;
    }

    /// <summary>The key with that id of which a secret has that hash; null when it isn't there any more.</summary>
    public ValidKey? Find(string id, ReadOnlySpan<byte> hash)
    {
        if (hash.Length != SHA256.HashSizeInBytes || !_byHash.TryGetValue(Bucket(hash), out ValidKey[]? candidates))
            return null;
        foreach (ValidKey candidate in candidates)
        {
            if (candidate.Key.Id == id && CryptographicOperations.FixedTimeEquals(candidate.Hash.Span, hash))
                return candidate;
        }
        return null;
    }

    private ValidKey? Find(ReadOnlySpan<char> key)
    {
        Span<byte> text = stackalloc byte[MaxKeyLength];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (!Encoding.UTF8.TryGetBytes(key, text, out int length))
            return null;
        SHA256.HashData(text[..length], hash);
        // The lookup leaks at most something about a hash, which tells nothing about the key behind it.
        if (!_byHash.TryGetValue(Bucket(hash), out ValidKey[]? candidates))
            return null;
        foreach (ValidKey candidate in candidates)
        {
            if (CryptographicOperations.FixedTimeEquals(candidate.Hash.Span, hash))
                return candidate;
        }
        return null;
    }

    private static ulong Bucket(ReadOnlySpan<byte> hash) => BinaryPrimitives.ReadUInt64LittleEndian(hash);
}
