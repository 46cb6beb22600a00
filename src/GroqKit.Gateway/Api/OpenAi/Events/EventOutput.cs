using System.Buffers;
using System.Text;
using System.Text.Json;

namespace GroqKit.Gateway.Api.OpenAi.Events;

/// <summary>Events on their way to the caller.</summary>
internal sealed class EventOutput
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>What was written since <see cref="Clear"/>.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.WrittenMemory;

    /// <summary>True once the model's words, thoughts or calls of tools are among it.</summary>
    public bool HasOutput { get; set; }

    /// <summary>True once the answer is whole.</summary>
    public bool IsDone { get; set; }

    /// <param name="type">The event's type; null for none.</param>
    /// <param name="data">One line.</param>
    public void Write(string? type, ReadOnlySpan<byte> data)
    {
        if (type is not null)
        {
            _buffer.Write("event: "u8);
            _buffer.Write(Encoding.ASCII.GetBytes(type));
            _buffer.Write("\n"u8);
        }
        _buffer.Write("data: "u8);
        _buffer.Write(data);
        _buffer.Write("\n\n"u8);
    }

    /// <param name="type">The event's type; null for none.</param>
    /// <param name="write">Writes its data.</param>
    public void Write(string? type, Action<Utf8JsonWriter> write)
    {
        var data = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(data))
            write(json);
        Write(type, data.WrittenSpan);
    }

    public void Clear() => _buffer.Clear();
}
