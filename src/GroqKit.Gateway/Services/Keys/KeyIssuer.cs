using System.Security.Cryptography;
using System.Text;

namespace GroqKit.Gateway.Services.Keys;

/// <summary>Makes keys, and fills the ring when the gateway starts.</summary>
internal sealed class KeyIssuer(IKeyStore store, KeyRing ring, TimeProvider time)
{
    /// <summary>The id in usage records of the key that the environment sets.</summary>
    public const string EnvironmentKeyId = "key_environment";

    /// <summary>Makes the stored keys valid, and the operator's own one if there is one. That one isn't stored.</summary>
    public async Task LoadAsync(string? adminKey, CancellationToken cancellationToken)
    {
        IReadOnlyList<CallerKey> stored = await store.LoadAsync(cancellationToken);
        ring.Replace(adminKey is null ? stored : [.. stored, Describe(EnvironmentKeyId, "admin", adminKey)]);
    }

    /// <summary>Makes, stores and returns an admin key when no key is valid yet; otherwise null. Its text exists only here.</summary>
    public async Task<string?> CreateFirstAsync(string environment, CancellationToken cancellationToken)
    {
        if (ring.Count > 0)
            return null;
        string text = KeyFormat.Create(environment);
        CallerKey key = Describe("key_" + RandomNumberGenerator.GetHexString(16, lowercase: true), "admin", text);
        await store.AddAsync(key, cancellationToken);
        ring.Add(key);
        return text;
    }

    private CallerKey Describe(string id, string name, string text) =>
        new(id, name, CallerRole.Admin, SHA256.HashData(Encoding.UTF8.GetBytes(text)), text[^4..], time.GetUtcNow());
}
