using System.Buffers.Binary;
using System.Text;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Infrastructure.Usage;

/// <summary>Reads what <see cref="RecordWriter"/> wrote, in the same order.</summary>
internal ref struct RecordReader
{
    private readonly RepeatedTexts _texts;
    private ReadOnlySpan<byte> _rest;

    private RecordReader(ReadOnlySpan<byte> bytes, RepeatedTexts texts)
    {
        _rest = bytes;
        _texts = texts;
    }

    /// <summary>False for bytes of a version that this gateway doesn't know.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, RepeatedTexts texts, out UsageRecord record)
    {
        record = default;
        if (bytes.IsEmpty || bytes[0] != RecordWriter.Version)
            return false;
        record = new RecordReader(bytes[1..], texts).Read();
        return true;
    }

    private UsageRecord Read()
    {
        string requestId = Text() ?? "";
        string operation = Repeated() ?? "";
        string tenant = Repeated() ?? "";
        string keyId = Repeated() ?? "";
        string? agent = Repeated();
        string? conversation = Text();
        string? endUser = Text();
        string? provider = Repeated();
        string? model = Repeated();
        string? error = Repeated();
        string? fallback = Text();
        string? finishReason = Repeated();
        int flags = Byte();
        return new UsageRecord
        {
            RequestId = requestId,
            Operation = operation,
            Tenant = tenant,
            KeyId = keyId,
            Agent = agent,
            Conversation = conversation,
            EndUser = endUser,
            Provider = provider,
            Model = model,
            Error = error,
            Fallback = fallback,
            FinishReason = finishReason,
            Streamed = (flags & 1) != 0,
            Estimated = (flags & 2) != 0,
            Cached = (flags & 4) != 0,
            Outcome = (Outcome)Byte(),
            Status = (int)Number(),
            Usage = new TokenUsage(Number(), Number(), Number(), Number(), Number()),
            Speech = new SpeechUsage(Time(), Number(), Number(), Time()),
            Cost = Money(),
            StartedAt = new DateTimeOffset(Number(), TimeSpan.Zero),
            Duration = new TimeSpan(Number()),
            FirstToken = Time(),
            Overhead = new TimeSpan(Number()),
            // Written only where there is one.
            Screening = _rest.IsEmpty ? null : Text(),
        };
    }

    private byte Byte() => Take(1)[0];

    private long Number() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    private TimeSpan? Time() => Number() is var ticks and not long.MinValue ? new TimeSpan(ticks) : null;

    private decimal? Money()
    {
        if (Byte() == 0)
            return null;
        Span<int> parts = stackalloc int[4];
        for (int i = 0; i < parts.Length; i++)
            parts[i] = BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));
        return new decimal(parts);
    }

    private string? Text() => TryTakeText(out ReadOnlySpan<byte> text) ? Encoding.UTF8.GetString(text) : null;

    private string? Repeated() => TryTakeText(out ReadOnlySpan<byte> text) ? _texts.Get(text) : null;

    private bool TryTakeText(out ReadOnlySpan<byte> text)
    {
        int length = BinaryPrimitives.ReadUInt16LittleEndian(Take(sizeof(ushort)));
        text = length == RecordWriter.NoText ? default : Take(length);
        return length != RecordWriter.NoText;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
