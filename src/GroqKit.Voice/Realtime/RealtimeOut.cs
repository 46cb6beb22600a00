using System.Text;
using System.Text.Json.Nodes;

namespace GroqKit.Voice.Realtime;

/// <summary>Sends the events of a session, one after the other. Safe for all threads.</summary>
internal sealed class RealtimeOut(IRealtimeConnection connection) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

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
                    ["message"] = message,
                    ["param"] = param,
                    ["event_id"] = eventId,
                },
            },
            cancellationToken
        );

    public void Dispose() => _turn.Dispose();
}
