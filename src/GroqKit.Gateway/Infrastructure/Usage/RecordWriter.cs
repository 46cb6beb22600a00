using System.Buffers.Binary;
using System.Text.Unicode;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Infrastructure.Usage;

/// <summary>Writes a record's bytes in the order that <see cref="RecordReader"/> reads them. Allocates nothing.</summary>
internal ref struct RecordWriter
{
    public const byte Version = 1;

    /// <summary>Longer texts are cut; none that the gateway lets in is.</summary>
    public const int MaxTextBytes = 600;

    public const ushort NoText = ushort.MaxValue;

    private readonly Span<byte> _into;
    private int _length;

    private RecordWriter(Span<byte> into) => _into = into;

    /// <returns>How many bytes were written.</returns>
    public static int Write(in UsageRecord record, Span<byte> into)
    {
        var writer = new RecordWriter(into);
        writer.Byte(Version);
        writer.Text(record.RequestId);
        writer.Text(record.Operation);
        writer.Text(record.Tenant);
        writer.Text(record.KeyId);
        writer.Text(record.Agent);
        writer.Text(record.Conversation);
        writer.Text(record.EndUser);
        writer.Text(record.Provider);
        writer.Text(record.Model);
        writer.Text(record.Error);
        writer.Text(record.Fallback);
        writer.Text(record.FinishReason);
        writer.Byte((byte)((record.Streamed ? 1 : 0) | (record.Estimated ? 2 : 0) | (record.Cached ? 4 : 0)));
        writer.Byte((byte)record.Outcome);
        writer.Number(record.Status);
        writer.Number(record.Usage.Prompt);
        writer.Number(record.Usage.Completion);
        writer.Number(record.Usage.Total);
        writer.Number(record.Usage.Cached);
        writer.Number(record.Usage.Reasoning);
        writer.Time(record.Speech.AudioIn);
        writer.Number(record.Speech.AudioBytesIn);
        writer.Number(record.Speech.Characters);
        writer.Time(record.Speech.AudioOut);
        writer.Money(record.Cost);
        writer.Number(record.StartedAt.UtcTicks);
        writer.Number(record.Duration.Ticks);
        writer.Time(record.FirstToken);
        writer.Number(record.Overhead.Ticks);
        if (record.Screening is not null)
            writer.Text(record.Screening);
        return writer._length;
    }

    private void Byte(byte value) => _into[_length++] = value;

    private void Number(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_into[_length..], value);
        _length += sizeof(long);
    }

    private void Time(TimeSpan? value) => Number(value?.Ticks ?? long.MinValue);

    private void Money(decimal? value)
    {
        Byte(value is null ? (byte)0 : (byte)1);
        if (value is not { } amount)
            return;
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(amount, parts);
        foreach (int part in parts)
        {
            BinaryPrimitives.WriteInt32LittleEndian(_into[_length..], part);
            _length += sizeof(int);
        }
    }

    private void Text(string? text)
    {
        Span<byte> length = _into.Slice(_length, sizeof(ushort));
        _length += sizeof(ushort);
        if (text is null)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(length, NoText);
            return;
        }
        // Stops at a character's end where the room does, and writes half a surrogate pair as a replacement character.
        Utf8.FromUtf16(text, _into.Slice(_length, MaxTextBytes), out _, out int bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)bytes);
        _length += bytes;
    }
}
