using System.Buffers.Text;

namespace GroqKit.Bench.Gateway;

/// <summary>How a stream was asked to run.</summary>
internal sealed record StreamPlan(int Chunks, TimeSpan Interval, TimeSpan Hush)
{
    /// <summary>Null when the body asks for no stream.</summary>
    public static StreamPlan? Find(ReadOnlySpan<byte> body) =>
        body.IndexOf("\"stream\":true"u8) < 0
            ? null
            : new StreamPlan(
                Number(body, "chunks="u8, 100),
                TimeSpan.FromMilliseconds(Number(body, "interval="u8, 0)),
                TimeSpan.FromMilliseconds(Number(body, "hush="u8, 0))
            );

    /// <summary>How long to wait before anything is answered, a stream or not.</summary>
    public static TimeSpan DelayOf(ReadOnlySpan<byte> body) => TimeSpan.FromMilliseconds(Number(body, "delay="u8, 0));

    private static int Number(ReadOnlySpan<byte> body, ReadOnlySpan<byte> name, int fallback)
    {
        int at = body.IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(body[(at + name.Length)..], out int number, out _) ? number : fallback;
    }
}
