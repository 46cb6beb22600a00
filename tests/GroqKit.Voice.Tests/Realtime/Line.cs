using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using GroqKit.Voice.Realtime;

namespace GroqKit.Voice.Tests.Realtime;

/// <summary>A caller of a realtime session, without a network.</summary>
internal sealed class Line : IRealtimeConnection
{
    private readonly Channel<ReadOnlyMemory<byte>> _up = Channel.CreateUnbounded<ReadOnlyMemory<byte>>();
    private readonly Channel<JsonObject> _down = Channel.CreateUnbounded<JsonObject>();

    public List<JsonObject> Seen { get; } = [];

    public void Say(string json) => _up.Writer.TryWrite(Encoding.UTF8.GetBytes(json));

    public void Leave() => _up.Writer.Complete();

    /// <summary>Reads on until an event of a type comes.</summary>
    public async Task<JsonObject> HearAsync(string type)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            JsonObject happened;
            try
            {
                happened = await _down.Reader.ReadAsync(limit.Token);
            }
            catch (OperationCanceledException late)
            {
                throw new TimeoutException($"{type} never came, but: {string.Join(", ", Types)}", late);
            }
            Seen.Add(happened);
            if (happened["type"]!.GetValue<string>() == type)
                return happened;
        }
    }

    public IEnumerable<string> Types => Seen.Select(happened => happened["type"]!.GetValue<string>());

    public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken) =>
        await _up.Reader.WaitToReadAsync(cancellationToken) && _up.Reader.TryRead(out ReadOnlyMemory<byte> json)
            ? json
            : (ReadOnlyMemory<byte>?)null;

    public ValueTask SendAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken) =>
        _down.Writer.WriteAsync((JsonObject)JsonNode.Parse(json.Span)!, cancellationToken);
}
