using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GroqKit.Voice.Realtime;

/// <summary>Sends the events of a session, one after the other. Safe for all threads.</summary>
internal sealed class RealtimeOut(IRealtimeConnection connection) : IDisposable
{
    private const int Longest = 512;

    // A session keeps memory for usual events, not for the largest that it ever sent.
    private const int MostKept = 256 * 1024;

    // It is JSON and declared as such: base64 needs no escapes.
    private static readonly JsonWriterOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly SemaphoreSlim _turn = new(1);
    private ArrayBufferWriter<byte> _event = new();
    private volatile bool _isBroken;

    /// <summary>Whether the caller can't be told anything any more.</summary>
    public bool IsBroken => _isBroken;

    public async Task SendAsync(string type, JsonObject members, CancellationToken cancellationToken)
    {
        members["type"] = type;
        members["event_id"] = RealtimeConversation.NewId("event");
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await SendAsync(Write(members), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task SendAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        try
        {
            await connection.SendAsync(json, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _isBroken = true;
            throw;
        }
    }

    public Task SendErrorAsync(RealtimeFault fault, string? eventId, CancellationToken cancellationToken) =>
        SendAsync(
            "error",
            new JsonObject
            {
                ["error"] = new JsonObject
                {
                    ["type"] = fault.Type,
                    ["code"] = fault.Code,
                    ["message"] = Shorten(fault.Message),
                    ["param"] = Shorten(fault.Param),
                    ["event_id"] = eventId,
                },
            },
            cancellationToken
        );

    // Valid until the next event is written.
    private ReadOnlyMemory<byte> Write(JsonObject members)
    {
        if (_event.Capacity > MostKept)
            _event = new ArrayBufferWriter<byte>();
        _event.ResetWrittenCount();
        using var json = new Utf8JsonWriter(_event, Readable);
        members.WriteTo(json);
        json.Flush();
        return _event.WrittenMemory;
    }

    // They name what callers wrote, of any length.
    private static string? Shorten(string? text) =>
        text is not { Length: > Longest } ? text
        : char.IsHighSurrogate(text[Longest - 1]) ? text[..(Longest - 1)]
        : text[..Longest];

    public void Dispose() => _turn.Dispose();
}
