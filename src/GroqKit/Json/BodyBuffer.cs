using System.Buffers;
using System.Text.Json;

namespace GroqKit.Json;

/// <summary>A writer and its memory, kept for the next body. For one thread at a time.</summary>
internal sealed class BodyBuffer : IDisposable
{
    // A body with pictures must not hold its memory for ever.
    private const int MaxKeptBytes = 256 * 1024;

    private readonly ArrayBufferWriter<byte> _memory = new(1024);
    private readonly Utf8JsonWriter _writer;

    public BodyBuffer() => _writer = new Utf8JsonWriter(_memory, new JsonWriterOptions { Encoder = GroqJson.Encoder });

    public bool IsWorthKeeping => _memory.Capacity <= MaxKeptBytes;

    /// <summary>Writes a body and returns a copy of it.</summary>
    /// <exception cref="GroqValidationException">A text in it is none.</exception>
    public byte[] Write<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        _memory.ResetWrittenCount();
        _writer.Reset();
        write(_writer, value);
        _writer.Flush();
        HalfPairs.Check(_memory.WrittenSpan);
        return _memory.WrittenSpan.ToArray();
    }

    public void Dispose() => _writer.Dispose();
}
