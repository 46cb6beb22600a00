using System.Text.Json;
using GroqKit.Gateway.Api.OpenAi;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Voice;
using GroqKit.Voice;

namespace GroqKit.Gateway.Api.Voice;

/// <summary>Gives the events of one turn to its caller, each at once: as server-sent events, as lines of JSON, or the sound alone. One at a time.</summary>
internal sealed class VoiceGiver : IAsyncDisposable
{
    private const int UsualEvent = 512;

    // Proxies close what is silent for a minute; twice as long is the longest silence.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);

    // An empty line is no JSON; an object is, and one of an unknown type is passed over.
    private static readonly ReadOnlyMemory<byte> BeatLine = "{\"type\":\"heartbeat\"}\n"u8.ToArray();

    private readonly VoiceForm _form;
    private readonly CancellationToken _ending;
    private readonly TurnAccount _account;
    private readonly RentedWriter? _event;
    private readonly Utf8JsonWriter? _json;
    private readonly EventWriter? _writer;
    private readonly SoundWriter? _sound;

    public VoiceGiver(
        Exchange exchange,
        VoiceForm form,
        TurnAccount account,
        TimeProvider time,
        CancellationToken ending
    )
    {
        _form = form;
        _account = account;
        _ending = ending;
        if (form == VoiceForm.Sound)
        {
            _sound = new SoundWriter(exchange.Response);
            return;
        }
        _event = new RentedWriter(UsualEvent);
        _json = new Utf8JsonWriter(_event, VoiceJson.Readable);
        _writer = new EventWriter(
            exchange,
            time,
            Heartbeat,
            form == VoiceForm.Lines ? BeatLine : EventWriter.Comment,
            ending
        );
    }

    /// <exception cref="Services.Errors.GatewayException">The caller left.</exception>
    public async ValueTask GiveAsync(VoiceEvent happened)
    {
        if (_writer is not null)
        {
            if (_form == VoiceForm.Lines)
                VoiceEventJson.WriteLine(_event!, _json!, happened, _account);
            else
                VoiceEventJson.WriteEvent(_event!, _json!, happened, _account);
            await _writer.WriteAsync(_event!.Written);
            // Between two events is most of a turn: memory that is held meanwhile would be many turns' at once.
            _event.Clear();
        }
        else if (happened is AudioDelta sound)
        {
            await _sound!.WriteAsync(sound.Data, _ending);
        }
    }

    /// <summary>Says behind the sound alone what came of the turn; events have said it.</summary>
    public ValueTask EndAsync(TurnRecord turn) => _sound?.EndAsync(turn, _ending) ?? default;

    public async ValueTask DisposeAsync()
    {
        if (_writer is null)
            return;
        await _writer.DisposeAsync();
        await _json!.DisposeAsync();
        _event!.Dispose();
    }
}
