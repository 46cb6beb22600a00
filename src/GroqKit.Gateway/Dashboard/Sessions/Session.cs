using GroqKit.Gateway.Services.Keys;

namespace GroqKit.Gateway.Dashboard.Sessions;

/// <summary>A browser that has signed in, for the length of one request.</summary>
/// <param name="Key">The key it signed in with, as it is now.</param>
/// <param name="Token">What its forms carry, so that no other site can send them.</param>
/// <param name="ExpiresAt">When it has to sign in again.</param>
internal sealed record Session(ValidKey Key, string Token, DateTimeOffset ExpiresAt)
{
    public bool May(Scopes needed) => (Key.Key.Granted & needed) == needed;
}
