using System.Security.Cryptography;
using System.Text;
using GroqKit.Gateway.Services.Snapshots;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Keys;

/// <summary>Makes keys and their secrets.</summary>
internal sealed class KeyIssuer(IFirstKey first, SnapshotKeeper snapshots, TimeProvider time)
{
    /// <summary>The id in usage records of the key that the environment sets.</summary>
    public const string EnvironmentKeyId = "key_environment";

    /// <summary>The admin key that the environment sets. It is never stored.</summary>
    public static CallerKey Describe(string adminKey, DateTimeOffset at) =>
        new()
        {
            Id = EnvironmentKeyId,
            Tenant = Tenants.Home,
            Name = "admin",
            Role = CallerRole.Admin,
            Secrets = [Secret(adminKey, at)],
            CreatedAt = at,
        };

    /// <summary>What is kept of a key's text.</summary>
    public static KeySecret Secret(string text, DateTimeOffset at) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes(text)), text[^4..], at, ExpiresAt: null);

    public static string NewId() => "key_" + RandomNumberGenerator.GetHexString(16, lowercase: true);

    /// <summary>Makes, stores and returns an admin key when there was never a key; otherwise null. Its text exists only here.</summary>
    /// <exception cref="StorageException">The store can't be reached.</exception>
    public async Task<string?> CreateFirstAsync(string environment, CancellationToken cancellationToken)
    {
        string text = KeyFormat.Create(environment);
        DateTimeOffset now = time.GetUtcNow();
        CallerKey key = Describe(text, now) with { Id = NewId() };
        var change = new Change(now, key.Tenant, "start", "keys.create", $"keys/{key.Id}", """{"role":"admin"}""", "");
        if (!await first.AddIfNoneAsync(key, change, cancellationToken))
            return null;
        await snapshots.RefreshAsync(cancellationToken);
        return text;
    }
}
