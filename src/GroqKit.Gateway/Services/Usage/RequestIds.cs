using System.Buffers.Binary;
using System.Security.Cryptography;

namespace GroqKit.Gateway.Services.Usage;

/// <summary>
/// Makes request ids that sort by time and never repeat, on this node or another: <c>req_</c> and 26 characters that hold 48 bits
/// of milliseconds, 40 random bits of this process and a 40-bit counter. A counter instead of fresh randomness keeps the system's
/// random source off the hot path.
/// </summary>
internal sealed class RequestIds(TimeProvider time)
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const string Prefix = "req_";
    private const int Digits = 26;

    private readonly ulong _process = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8)) >> 24;
    private long _counter;

    public string Next()
    {
        ulong millis = (ulong)time.GetUtcNow().ToUnixTimeMilliseconds();
        ulong count = (ulong)Interlocked.Increment(ref _counter) & 0xFF_FFFF_FFFF;
        UInt128 value = (UInt128)millis << 80 | (UInt128)_process << 40 | count;
        return string.Create(
            Prefix.Length + Digits,
            value,
            static (text, rest) =>
            {
                Prefix.CopyTo(text);
                for (int i = text.Length - 1; i >= Prefix.Length; i--)
                {
                    text[i] = Alphabet[(int)((ulong)rest & 31)];
                    rest >>= 5;
                }
            }
        );
    }
}
