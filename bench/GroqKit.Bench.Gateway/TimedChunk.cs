using System.Buffers;
using System.Buffers.Text;

namespace GroqKit.Bench.Gateway;

/// <summary>
/// A chunk of a chat stream whose content is the moment it was written, by the machine's monotonic clock. All processes of a
/// machine share that clock, so the reader knows how long each chunk was on its way.
/// </summary>
internal static class TimedChunk
{
    private const int Digits = 19;

    private static ReadOnlySpan<byte> Mark => "\"content\":\"t="u8;

    private static readonly byte[] Template =
    [
        .. "data: {\"id\":\"chatcmpl-a1\",\"object\":\"chat.completion.chunk\",\"created\":1790000000,"u8,
        .. "\"model\":\"openai/gpt-oss-120b\",\"system_fingerprint\":\"fp_x\",\"choices\":[{\"index\":0,\"delta\":{"u8,
        .. Mark,
        .. "0000000000000000000\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n"u8,
    ];

    private static readonly int At = Template.AsSpan().IndexOf(Mark) + Mark.Length;

    public static readonly byte[] First =
    [
        .. "data: {\"id\":\"chatcmpl-a1\",\"object\":\"chat.completion.chunk\",\"created\":1790000000,"u8,
        .. "\"model\":\"openai/gpt-oss-120b\",\"system_fingerprint\":\"fp_x\",\"choices\":[{\"index\":0,\"delta\":"u8,
        .. "{\"role\":\"assistant\",\"content\":\"\"},\"logprobs\":null,\"finish_reason\":null}],\"x_groq\":{\"id\":\"req_1\"}}\n\n"u8,
    ];

    public static readonly byte[] Last =
    [
        .. "data: {\"id\":\"chatcmpl-a1\",\"object\":\"chat.completion.chunk\",\"created\":1790000000,"u8,
        .. "\"model\":\"openai/gpt-oss-120b\",\"system_fingerprint\":\"fp_x\",\"choices\":[{\"index\":0,\"delta\":{},"u8,
        .. "\"logprobs\":null,\"finish_reason\":\"stop\"}],\"x_groq\":{\"id\":\"req_1\",\"usage\":{\"queue_time\":0.01,"u8,
        .. "\"prompt_tokens\":70,\"prompt_time\":0.003,\"completion_tokens\":100,\"completion_time\":0.01,"u8,
        .. "\"total_tokens\":170,\"total_time\":0.013}}}\n\ndata: [DONE]\n\n"u8,
    ];

    public static void Write(IBufferWriter<byte> writer, long timestamp)
    {
        Span<byte> chunk = writer.GetSpan(Template.Length);
        Template.CopyTo(chunk);
        Utf8Formatter.TryFormat(timestamp, chunk.Slice(At, Digits), out _, new StandardFormat('D', Digits));
        writer.Advance(Template.Length);
    }

    /// <summary>The moments in a piece of a stream; <paramref name="rest"/> is where an unfinished one may begin.</summary>
    public static void Read(ReadOnlySpan<byte> piece, List<long> timestamps, out int rest)
    {
        rest = 0;
        while (piece[rest..].IndexOf(Mark) is >= 0 and var found)
        {
            int digits = rest + found + Mark.Length;
            if (digits + Digits > piece.Length)
            {
                rest += found;
                return;
            }
            timestamps.Add(long.Parse(piece.Slice(digits, Digits), provider: null));
            rest = digits + Digits;
        }
        rest = Math.Max(rest, piece.Length - Mark.Length + 1);
    }
}
