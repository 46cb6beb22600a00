using GroqKit.Gateway.Services.Keys;

namespace GroqKit.Gateway.Infrastructure.Database.Records;

/// <summary>A key's secret as written in its column.</summary>
internal sealed record StoredSecret(string Sha256, string LastFour, long CreatedAt, long? ExpiresAt)
{
    public static StoredSecret From(KeySecret secret) =>
        new(
            Convert.ToHexStringLower(secret.Hash.Span),
            secret.LastFour,
            Stored.Time(secret.CreatedAt),
            Stored.Time(secret.ExpiresAt)
        );

    public KeySecret ToSecret() =>
        new(Convert.FromHexString(Sha256), LastFour, Stored.Time(CreatedAt), Stored.Time(ExpiresAt));
}
