using GroqKit.Gateway.Services.Keys;

namespace GroqKit.Gateway.Infrastructure.Keys;

/// <summary>One key in the file.</summary>
internal sealed record KeyFileEntry(
    string Id,
    string Name,
    string Role,
    string Sha256,
    string LastFour,
    DateTimeOffset CreatedAt
)
{
    public static KeyFileEntry From(CallerKey key) =>
        new(
            key.Id,
            key.Name,
            key.Role == CallerRole.Admin ? "admin" : "caller",
            Convert.ToHexStringLower(key.Hash.Span),
            key.LastFour,
            key.CreatedAt
        );

    /// <exception cref="FormatException">The entry can't have been written by this gateway.</exception>
    public CallerKey ToKey()
    {
        CallerRole role = Role switch
        {
            "admin" => CallerRole.Admin,
            "caller" => CallerRole.Caller,
            _ => throw new FormatException($"key '{Id}' has the unknown role '{Role}'."),
        };
        if (Sha256.Length != 64)
            throw new FormatException($"key '{Id}' has no SHA-256 hash.");
        return new CallerKey(Id, Name, role, Convert.FromHexString(Sha256), LastFour, CreatedAt);
    }
}
