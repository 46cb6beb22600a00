namespace GroqKit.Gateway.Services.Realtime;

/// <summary>What a client secret says of its key; how the session begins stands behind it.</summary>
/// <param name="Key">The key's id.</param>
/// <param name="Hash">Which of its texts was presented: SHA-256, in base64.</param>
/// <param name="ExpiresAt">When it ends.</param>
internal sealed record ClientTicket(string Key, string Hash, DateTimeOffset ExpiresAt);
