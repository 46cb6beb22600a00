using System.Buffers.Binary;
using System.Text;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Infrastructure.Usage;

/// <summary>Reads what <see cref="RecordWriter"/> wrote, in the same order.</summary>
internal ref struct RecordReader
{
    private ReadOnlySpan<byte> _rest;

    private RecordReader(ReadOnlySpan<byte> bytes) => _rest = bytes;

    /// <summary>False for bytes of a version that this gateway doesn't know.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out UsageRecord record)
    {
        record = default;
        if (bytes.IsEmpty || bytes[0] != RecordWriter.Version)
            return false;
        record = new RecordReader(bytes[1..]).Read();
        return true;
    }

    private UsageRecord Read()
    {
        string requestId = Text() ?? "";
        string operation = Text() ?? "";
        string tenant = Text() ?? "";
        string keyId = Text() ?? "";
        string? agent = Text();
        string? conversation = Text();
        string? endUser = Text();
        string? provider = Text();
        string? model = Text();
        string? error = Text();
        string? fallback = Text();
        string? finishReason = Text();
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
            Outcome = (Outcome)Byte(),
            Status = (int)Number(),
            Usage = new TokenUsage(Number(), Number(), Number(), Number(), Number()),
            Speech = new SpeechUsage(Time(), Number(), Number(), Time()),
            Cost = Money(),
            StartedAt = new DateTimeOffset(Number(), TimeSpan.Zero),
            Duration = new TimeSpan(Number()),
            FirstToken = Time(),
            Overhead = new TimeSpan(Number()),
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

    private string? Text()
    {
        int length = BinaryPrimitives.ReadUInt16LittleEndian(Take(sizeof(ushort)));
        return length == RecordWriter.NoText ? null : Encoding.UTF8.GetString(Take(length));
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
