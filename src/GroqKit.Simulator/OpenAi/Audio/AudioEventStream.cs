using System.Text.Json;
using GroqKit.Simulator.Faults;
using GroqKit.Simulator.Http;

namespace GroqKit.Simulator.OpenAi.Audio;

/// <summary>The events of speech and of transcripts, with the faults that may interfere before each.</summary>
internal sealed class AudioEventStream(Exchange exchange, SseWriter sse)
{
    private int _sent;

    /// <summary>Sends one piece; false when a fault has taken over.</summary>
    public async Task<bool> SendAsync<T>(T piece, Action<Utf8JsonWriter, T> write)
    {
        if (await StreamFaults.InterfereAsync(exchange, sse, FrameKind.Content, _sent))
            return false;
        sse.WriteEvent(piece, write);
        _sent++;
        await sse.FlushAsync();
        return true;
    }

    /// <summary>Sends what closes the stream, and its mark.</summary>
    public async Task EndAsync<T>(T end, Action<Utf8JsonWriter, T> write)
    {
        if (await StreamFaults.InterfereAsync(exchange, sse, FrameKind.Closing, _sent))
            return;
        sse.WriteEvent(end, write);
        if (!await StreamFaults.InterfereAsync(exchange, sse, FrameKind.Done, _sent))
            sse.WriteDone();
    }

    public async Task CompleteAsync()
    {
        if (exchange.IsDropped)
            return;
        await sse.FlushAsync();
        await exchange.Http.Response.CompleteAsync();
    }
}
