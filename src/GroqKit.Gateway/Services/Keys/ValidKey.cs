namespace GroqKit.Gateway.Services.Keys;

/// <summary>One secret of a key that isn't revoked.</summary>
/// <param name="Key">The key.</param>
/// <param name="Hash">The secret's hash.</param>
/// <param name="ExpiresAt">When the key or this secret expires, whichever is first; null for never.</param>
internal sealed record ValidKey(CallerKey Key, ReadOnlyMemory<byte> Hash, DateTimeOffset? ExpiresAt)
{
    /// <summary>Every secret with which a key can be used, now or until it expires.</summary>
    public static IEnumerable<ValidKey> Of(CallerKey key) =>
        key.RevokedAt is not null
            ? []
            : key.Secrets.Select(secret => new ValidKey(key, secret.Hash, Earlier(key.ExpiresAt, secret.ExpiresAt)));

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other < one ? other : one;
}
