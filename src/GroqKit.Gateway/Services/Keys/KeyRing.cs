using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace GroqKit.Gateway.Services.Keys;

/// <summary>Every valid key, in memory, replaced as a whole. Thread-safe; a check allocates nothing.</summary>
internal sealed class KeyRing
{
    /// <summary>Longer strings are no keys and aren't hashed.</summary>
    public const int MaxKeyLength = 256;

    private volatile Snapshot _now = new([]);

    public int Count => _now.All.Count;

    /// <summary>From the next check on, exactly these keys are valid.</summary>
    public void Replace(IReadOnlyCollection<CallerKey> keys) => _now = new Snapshot(keys);

    public void Add(CallerKey key) => Replace([.. _now.All, key]);

    /// <summary>The record of the key that a header presents, or null when the key isn't valid.</summary>
    /// <param name="header">The header's value. The server hands out the same string again while a connection sends the same one.</param>
    /// <param name="key">The part of it that is the key.</param>
    public CallerKey? Find(string header, ReadOnlySpan<char> key)
    {
        Snapshot now = _now;
        // A string that was found valid stays so until the keys are replaced; hashing it again would cost more than the rest of the
        // check. Only the object counts, so nothing can be learnt here by sending similar ones.
        if (now.Known.TryGetValue(header, out CallerKey? known))
            return known;
        CallerKey? found = now.Find(key);
        if (found is not null)
            now.Known.TryAdd(header, found);
        return found;
    }

    private sealed class Snapshot(IReadOnlyCollection<CallerKey> keys)
    {
        private readonly FrozenDictionary<ulong, CallerKey[]> _byHash = keys.GroupBy(key => Bucket(key.Hash.Span))
            .ToFrozenDictionary(group => group.Key, group => group.ToArray());

        public IReadOnlyCollection<CallerKey> All => keys;

        /// <summary>Keeps no string alive.</summary>
        public ConditionalWeakTable<string, CallerKey> Known { get; } = [];

        public CallerKey? Find(ReadOnlySpan<char> key)
        {
            Span<byte> text = stackalloc byte[MaxKeyLength];
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            if (!Encoding.UTF8.TryGetBytes(key, text, out int length))
                return null;
            SHA256.HashData(text[..length], hash);
            // The lookup leaks at most something about a hash, which tells nothing about the key behind it.
            if (!_byHash.TryGetValue(Bucket(hash), out CallerKey[]? candidates))
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
}
