using System.Buffers.Binary;

namespace GroqKit.Gateway.Services.Translation.Audio;

/// <summary>
/// How long sound is by its bytes, as far as its beginning tells: exactly for WAV and bare samples, by the first frame's bit rate for MP3.
/// Of other forms the length is not known.
/// </summary>
/// <param name="BytesPerSecond">Bytes of a second.</param>
/// <param name="Header">Bytes before the sound.</param>
internal readonly record struct SoundRate(double BytesPerSecond, int Header)
{
    private const int WavDataMark = 8;

    private static readonly int[] Mpeg1Layer3 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    private static readonly int[] Mpeg2Layer3 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

    /// <summary>16-bit samples, one channel, without a header.</summary>
    public static SoundRate Samples(int rate) => new(rate * 2, 0);

    /// <summary>The length of so many bytes.</summary>
    public TimeSpan Of(long bytes) =>
        BytesPerSecond > 0 ? TimeSpan.FromSeconds(Math.Max(0, bytes - Header) / BytesPerSecond) : default;

    /// <param name="head">The beginning; some hundred bytes are enough, for a tagged MP3 more.</param>
    /// <returns>Null when it doesn't tell.</returns>
    public static SoundRate? Read(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("RIFF"u8))
            return ReadWav(head);
        if (head.StartsWith("ID3"u8) && head.Length > 10)
        {
            int tag = 10 + ((head[6] & 127) << 21 | (head[7] & 127) << 14 | (head[8] & 127) << 7 | head[9] & 127);
            return tag < head.Length && ReadMp3(head[tag..]) is { } rate ? rate with { Header = tag } : null;
        }
        return ReadMp3(head);
    }

    private static SoundRate? ReadWav(ReadOnlySpan<byte> head)
    {
        int format = head.IndexOf("fmt "u8);
        int data = head.IndexOf("data"u8);
        if (format < 0 || data < format || format + 20 > head.Length)
            return null;
        uint bytes = BinaryPrimitives.ReadUInt32LittleEndian(head[(format + 16)..]);
        return bytes > 0 ? new SoundRate(bytes, data + WavDataMark) : null;
    }

    private static SoundRate? ReadMp3(ReadOnlySpan<byte> head)
    {
        // Eleven set bits, MPEG 1 or 2, layer 3.
        if (head.Length < 4 || head[0] != 0xFF || (head[1] & 0xE6) != 0xE2 || (head[1] >> 3 & 3) == 1)
            return null;
        int index = head[2] >> 4;
        int[] table = (head[1] >> 3 & 3) == 3 ? Mpeg1Layer3 : Mpeg2Layer3;
        return index > 0 && index < table.Length ? new SoundRate(table[index] * 125, 0) : null;
    }
}
