using System.Text;
using GroqKit.Simulator.Faults;
using GroqKit.Simulator.Http;

namespace GroqKit.Simulator.Scenarios;

/// <summary>An answer that a scenario gives byte for byte, as one body or as frames of a stream.</summary>
internal sealed record ScriptedReply(
    int Status,
    IReadOnlyList<KeyValuePair<string, string>> Headers,
    string ContentType,
    ReadOnlyMemory<byte> Body,
    IReadOnlyList<string>? Events
)
{
    /// <summary>Whether the body was given as JSON, so that it may stand within other JSON.</summary>
    public bool IsJson { get; init; }

    public async Task SendAsync(Exchange exchange)
    {
        HttpResponse response = exchange.Http.Response;
        foreach ((string name, string value) in Headers)
            response.Headers[name] = value;
        if (Events is null)
        {
            await exchange.SendAsync(Status, ContentType, Body.Span);
            return;
        }

        using var sse = new SseWriter(exchange);
        if (await SendEventsAsync(exchange, sse, Events) || exchange.IsDropped)
            return;
        await sse.FlushAsync();
        await response.CompleteAsync();
    }

    /// <summary>True when a fault has ended the connection.</summary>
    private static async Task<bool> SendEventsAsync(Exchange exchange, SseWriter sse, IReadOnlyList<string> events)
    {
        for (int i = 0; i < events.Count; i++)
        {
            FrameKind kind = i == events.Count - 1 ? FrameKind.Closing : FrameKind.Content;
            if (await StreamFaults.InterfereAsync(exchange, sse, kind, i))
                return exchange.IsDropped;
            sse.WriteRaw(Encoding.UTF8.GetBytes(events[i]));
            await sse.FlushAsync();
        }

        return false;
    }
}
