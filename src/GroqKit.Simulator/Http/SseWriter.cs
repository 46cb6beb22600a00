using System.Buffers;
using System.Text.Json;
using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Faults;

namespace GroqKit.Simulator.Http;

/// <summary>Writes server-sent events the way Groq frames them: one <c>data:</c> line and a blank line, LF only.</summary>
internal sealed class SseWriter : IFrameSink, IDisposable
{
    private const int LargestHeldBack = 4096;

    private readonly Exchange _exchange;
    private readonly System.IO.Pipelines.PipeWriter _body;
    private readonly Utf8JsonWriter _json;
    private long _unflushed;

    public SseWriter(Exchange exchange)
    {
        _exchange = exchange;
        HttpResponse response = exchange.Http.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";
        exchange.Record?.SetStatus(response.StatusCode);
        _body = response.BodyWriter;
        _json = new Utf8JsonWriter(_body, JsonBuffer.Options);
    }

    public void Dispose() => _json.Dispose();

    public bool IsFull => _unflushed >= LargestHeldBack;

    public void WriteEvent<T>(T state, Action<Utf8JsonWriter, T> write, string? name = null)
    {
        if (name is not null)
            WriteRaw(System.Text.Encoding.ASCII.GetBytes($"event: {name}\n"));
        WriteRaw("data: "u8);
        _json.Reset();
        write(_json, state);
        _json.Flush();
        _unflushed += _json.BytesCommitted;
        WriteRaw("\n\n"u8);
    }

    public void WriteDone() => WriteRaw("data: [DONE]\n\n"u8);

    public void WriteRaw(ReadOnlySpan<byte> bytes)
    {
        _body.Write(bytes);
        _unflushed += bytes.Length;
    }

    public ValueTask WriteBrokenAsync()
    {
        WriteRaw("data: {\"id\":\"chatcmpl-\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"ind\n\n"u8);
        return ValueTask.CompletedTask;
    }

    public ValueTask WriteErrorAsync(ApiError error)
    {
        WriteEvent(
            (Error: _exchange.Wire.Translate(error), _exchange.Wire),
            static (json, state) => state.Wire.WriteError(json, state.Error, inStream: true),
            _exchange.Wire.ErrorEvent
        );
        return ValueTask.CompletedTask;
    }

    /// <summary>Hands everything written so far to the operating system.</summary>
    public async ValueTask FlushAsync()
    {
        if (_unflushed == 0)
            return;
        _unflushed = 0;
        await _body.FlushAsync(_exchange.Gone);
    }
}
