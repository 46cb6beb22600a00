using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Secrets;
using GroqKit.Gateway.Services.Snapshots;

namespace GroqKit.Gateway.Services.Realtime;

/// <summary>
/// Makes and reads the secrets with which pages open sessions. All of one is in its text, encrypted under the master key, so that every node
/// can read it, also after a restart, and none has to keep anything. The key is looked up each time: what it loses, its secrets lose.
/// </summary>
internal sealed class ClientSecrets(ISecretProtector protector, CurrentSnapshot current, TimeProvider time)
{
    public const string Prefix = "ek_";

    private const string Place = "realtime/client-secret";

    private static readonly JsonWriterOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    // It travels in a header; proxies in front of a gateway take lines of 8 kB.
    private const int Longest = 7_600;

    /// <param name="key">Whose sessions they will be.</param>
    /// <param name="session">How they begin.</param>
    /// <param name="expiresAt">When it ends.</param>
    /// <exception cref="GatewayException">There is no master key, or the settings are too long.</exception>
    public string Create(ValidKey key, JsonObject session, DateTimeOffset expiresAt)
    {
        if (!protector.IsAvailable)
            throw RequestErrors.NoMasterKey("session");
        var ticket = new ClientTicket(key.Key.Id, Convert.ToBase64String(key.Hash.Span), expiresAt);
        string first = JsonSerializer.Serialize(ticket, ClientTicketJson.Default.ClientTicket);
        string secret = Prefix + protector.Protect(Place, $"{first}\n{Compact(session)}");
        return secret.Length <= Longest
            ? secret
            : throw RequestErrors.WrongValue(
                "session",
                $"makes a secret of {secret.Length} characters, and at most {Longest} pass through a header: shorten instructions and tools, or give them to an agent"
            );
    }

    /// <exception cref="GatewayException">It opens nothing (any more).</exception>
    public ClientSecret Open(string secret)
    {
        ClientTicket ticket;
        byte[] hash;
        JsonObject session;
        try
        {
            string text = protector.Unprotect(Place, secret[Prefix.Length..]);
            int end = text.IndexOf('\n', StringComparison.Ordinal);
            ticket = JsonSerializer.Deserialize(text.AsSpan(0, end), ClientTicketJson.Default.ClientTicket)!;
            hash = Convert.FromBase64String(ticket.Hash);
            session = JsonNode.Parse(text[(end + 1)..])!.AsObject();
        }
        catch (SecretException)
        {
            throw RequestErrors.ClientSecretUnknown();
        }
        if (ticket.ExpiresAt <= time.GetUtcNow())
            throw RequestErrors.ClientSecretExpired();
        return current.Value.Keys.Find(ticket.Key, hash) is { } key
            ? new ClientSecret(key, session)
            : throw RequestErrors.ClientSecretUnknown();
    }

    // Escapes would make several characters of one.
    private static string Compact(JsonObject session)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Readable))
            session.WriteTo(json);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
