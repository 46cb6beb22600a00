using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GroqKit.Simulator.Http;

/// <summary>Writes one JSON text into memory that the thread keeps for the next one. What it returns is good until the next call on the thread.</summary>
internal static class JsonBuffer
{
    /// <summary>Text stays readable: only what JSON itself requires is escaped.</summary>
    public static JsonWriterOptions Options { get; } =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private const int LargestKept = 1 << 20;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _bytes;

    [ThreadStatic]
    private static Utf8JsonWriter? _json;

    public static ReadOnlySpan<byte> Write(Action<Utf8JsonWriter> write)
    {
        if (_bytes is null || _bytes.Capacity > LargestKept)
            _bytes = new ArrayBufferWriter<byte>(4096);
        _bytes.ResetWrittenCount();
        _json ??= new Utf8JsonWriter(_bytes, Options);
        _json.Reset(_bytes);
        write(_json);
        _json.Flush();
        return _bytes.WrittenSpan;
    }
}
