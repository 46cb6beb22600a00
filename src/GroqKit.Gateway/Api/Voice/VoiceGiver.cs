using System.Buffers;
using System.Text.Json;
using GroqKit.Gateway.Api.OpenAi;
using GroqKit.Gateway.Services.Voice;
using GroqKit.Voice;

namespace GroqKit.Gateway.Api.Voice;

/// <summary>Gives the events of one turn to its caller, each at once: as server-sent events, or the sound alone. One at a time.</summary>
internal sealed class VoiceGiver : IAsyncDisposable
{
    // Proxies close what is silent for a minute; twice as long is the longest silence.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);

    private readonly Exchange _exchange;
    private readonly TurnAccount _account;
    private readonly ArrayBufferWriter<byte>? _event;
    private readonly Utf8JsonWriter? _json;
    private readonly EventWriter? _writer;

    public VoiceGiver(Exchange exchange, bool soundOnly, TurnAccount account, TimeProvider time)
    {
        _exchange = exchange;
        _account = account;
        if (soundOnly)
            return;
        _event = new ArrayBufferWriter<byte>();
        _json = new Utf8JsonWriter(_event, VoiceJson.Readable);
        // The whole turn is a wait for its stages, whose own calls have their accounts.
        _writer = new EventWriter(exchange, time, Heartbeat, isWaiting: true);
    }

    /// <exception cref="Services.Errors.GatewayException">The caller left.</exception>
    public async ValueTask GiveAsync(VoiceEvent happened)
    {
        if (_writer is not null)
        {
            _event!.ResetWrittenCount();
            VoiceJson.WriteEvent(_event, _json!, happened, _account);
            await _writer.WriteAsync(_event.WrittenMemory);
        }
        else if (happened is AudioDelta sound)
        {
            await _exchange.Response.BodyWriter.WriteAsync(sound.Data, _exchange.Lifetime.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_writer is null)
            return;
        await _writer.DisposeAsync();
        await _json!.DisposeAsync();
    }
}
