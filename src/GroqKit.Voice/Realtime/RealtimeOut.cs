using System.Text;
using System.Text.Json.Nodes;

namespace GroqKit.Voice.Realtime;

/// <summary>Sends the events of a session, one after the other. Safe for all threads.</summary>
internal sealed class RealtimeOut(IRealtimeConnection connection) : IDisposable
{
    private const int Longest = 512;

    private readonly SemaphoreSlim _turn = new(1);
    private volatile bool _isBroken;

    /// <summary>Whether the caller can't be told anything any more.</summary>
    public bool IsBroken => _isBroken;

    public async Task SendAsync(string type, JsonObject members, CancellationToken cancellationToken)
    {
        members["type"] = type;
        members["event_id"] = RealtimeConversation.NewId("event");
        byte[] json = Encoding.UTF8.GetBytes(members.ToJsonString());
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await connection.SendAsync(json, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _isBroken = true;
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    public Task SendErrorAsync(
        string type,
        string code,
        string message,
        string? param,
        string? eventId,
        CancellationToken cancellationToken
    ) =>
        SendAsync(
            "error",
            new JsonObject
            {
                ["error"] = new JsonObject
                {
                    ["type"] = type,
                    ["code"] = code,
                    ["message"] = Shorten(message),
                    ["param"] = Shorten(param),
                    ["event_id"] = eventId,
                },
            },
            cancellationToken
        );

    // They name what callers wrote, of any length.
    private static string? Shorten(string? text) =>
        text is not { Length: > Longest } ? text
        : char.IsHighSurrogate(text[Longest - 1]) ? text[..(Longest - 1)]
        : text[..Longest];

    public void Dispose() => _turn.Dispose();
}
