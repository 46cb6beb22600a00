namespace GroqKit.Gateway.Services.Keys;

/// <summary>What lets a caller use a key, as the gateway keeps it: never the text itself.</summary>
/// <param name="Hash">SHA-256 of the text's UTF-8 bytes. A slow hash would add nothing to 160 random bits.</param>
/// <param name="LastFour">The end of the text, so that people can tell keys apart.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">Set when another took its place; null for the newest.</param>
internal sealed record KeySecret(
    ReadOnlyMemory<byte> Hash,
    string LastFour,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt
);
