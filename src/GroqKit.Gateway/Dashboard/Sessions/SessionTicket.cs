namespace GroqKit.Gateway.Dashboard.Sessions;

/// <summary>What a session cookie holds.</summary>
/// <param name="Key">The key's id.</param>
/// <param name="Hash">Which of its texts was presented: SHA-256, in base64.</param>
/// <param name="Token">What its forms carry.</param>
/// <param name="ExpiresAt">When it ends.</param>
internal sealed record SessionTicket(string Key, string Hash, string Token, DateTimeOffset ExpiresAt);
