using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Secrets;
using GroqKit.Gateway.Services.Snapshots;

namespace GroqKit.Gateway.Dashboard.Sessions;

/// <summary>
/// Makes and reads the text of session cookies. All of a session is in it, encrypted under the master key, so that every node can read
/// it and none has to keep anything. The key is looked up each time: when it is revoked, exchanged or narrowed, so is the session.
/// </summary>
internal sealed class SessionSeal(ISecretProtector protector, CurrentSnapshot current, TimeProvider time)
{
    /// <summary>How long a browser stays signed in.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromHours(12);

    private const string Place = "dashboard/session";
    private const int TokenDigits = 32;

    /// <summary>Whether there is a master key to seal with.</summary>
    public bool IsAvailable => protector.IsAvailable;

    public string Create(ValidKey key)
    {
        var ticket = new SessionTicket(
            key.Key.Id,
            Convert.ToBase64String(key.Hash.Span),
            RandomNumberGenerator.GetHexString(TokenDigits, lowercase: true),
            time.GetUtcNow() + Length
        );
        return protector.Protect(Place, JsonSerializer.Serialize(ticket, SessionJson.Default.SessionTicket));
    }

    /// <returns>Null for anything that doesn't let anybody in (any more).</returns>
    public Session? Open(string text)
    {
        SessionTicket? ticket;
        byte[] hash;
        try
        {
            ticket = JsonSerializer.Deserialize(protector.Unprotect(Place, text), SessionJson.Default.SessionTicket);
            hash = Convert.FromBase64String(ticket!.Hash);
        }
        catch (Exception wrong) when (wrong is SecretException or JsonException or FormatException)
        {
            return null;
        }
        DateTimeOffset now = time.GetUtcNow();
        if (ticket.ExpiresAt <= now || current.Value.Keys.Find(ticket.Key, hash) is not { } key || key.ExpiresAt <= now)
            return null;
        return new Session(key, ticket.Token, ticket.ExpiresAt);
    }

    /// <summary>Whether a form's token is the session's.</summary>
    public static bool Matches(Session session, string? token) =>
        token is not null
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(token),
            Encoding.UTF8.GetBytes(session.Token)
        );
}
