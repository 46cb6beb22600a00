using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace GroqKit.Simulator.Audio;

/// <summary>Audio as uncompressed samples of 16 bits; of several channels only the first is kept.</summary>
internal sealed record WavFile(int Rate, short[] Samples)
{
    private const int HeaderBytes = 44;

    public double Seconds => (double)Samples.Length / Rate;

    /// <summary>Reads a WAV file, whatever further chunks it has and however wrong the sizes in its header are; null when it is none.</summary>
    public static WavFile? TryRead(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 12 || !bytes.StartsWith("RIFF"u8) || !bytes[8..].StartsWith("WAVE"u8))
            return null;
        int channels = 0;
        int rate = 0;
        for (int at = 12; at + 8 <= bytes.Length; )
        {
            ReadOnlySpan<byte> name = bytes.Slice(at, 4);
            uint size = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 4)..]);
            ReadOnlySpan<byte> body = bytes[(at + 8)..];
            // A streamed file says that its data is as long as can be.
            body = size < body.Length ? body[..(int)size] : body;
            if (name.SequenceEqual("fmt "u8) && body.Length >= 16)
            {
                channels = BinaryPrimitives.ReadUInt16LittleEndian(body[2..]);
                rate = BinaryPrimitives.ReadInt32LittleEndian(body[4..]);
                if (BinaryPrimitives.ReadUInt16LittleEndian(body[14..]) != 16)
                    return null;
            }
            else if (name.SequenceEqual("data"u8))
            {
                return channels > 0 && rate > 0 ? new WavFile(rate, FirstChannel(body, channels)) : null;
            }

            at += 8 + body.Length + (body.Length & 1);
        }

        return null;
    }

    public byte[] ToBytes()
    {
        byte[] bytes = new byte[HeaderBytes + Samples.Length * 2];
        Span<byte> header = bytes;
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], bytes.Length - 8);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(header[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(header[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], Rate);
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], Rate * 2);
        BinaryPrimitives.WriteInt16LittleEndian(header[32..], 2);
        BinaryPrimitives.WriteInt16LittleEndian(header[34..], 16);
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[40..], Samples.Length * 2);
        for (int i = 0; i < Samples.Length; i++)
            BinaryPrimitives.WriteInt16LittleEndian(header[(HeaderBytes + i * 2)..], Samples[i]);
        return bytes;
    }

    /// <summary>As a server sends what it is still making: with sizes as large as can be.</summary>
    public byte[] ToStreamedBytes()
    {
        byte[] bytes = ToBytes();
        bytes.AsSpan(4, 4).Fill(0xFF);
        bytes.AsSpan(40, 4).Fill(0xFF);
        return bytes;
    }

    /// <summary>The samples alone.</summary>
    public byte[] ToRawBytes() => ToBytes()[HeaderBytes..];

    private static short[] FirstChannel(ReadOnlySpan<byte> data, int channels)
    {
        ReadOnlySpan<short> all = MemoryMarshal.Cast<byte, short>(data);
        short[] samples = new short[all.Length / channels];
        for (int i = 0; i < samples.Length; i++)
            samples[i] = BitConverter.IsLittleEndian
                ? all[i * channels]
                : BinaryPrimitives.ReverseEndianness(all[i * channels]);
        return samples;
    }
}
