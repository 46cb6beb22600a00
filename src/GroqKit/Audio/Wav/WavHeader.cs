using System.Buffers.Binary;

namespace GroqKit.Audio;

/// <summary>What stands before the sound in a WAV file.</summary>
/// <param name="Format">The shape of the samples.</param>
/// <param name="DataLength">
/// Bytes of sound that the header announces; null when it doesn't know them, as in a body that was streamed while it was made:
/// then the sound reaches to the end.
/// </param>
public sealed record WavHeader(WavFormat Format, long? DataLength)
{
    private const uint Unknown = uint.MaxValue;

    /// <summary>How many bytes <see cref="ToArray"/> gives for a format.</summary>
    internal static int LengthFor(WavFormat format) => format.Encoding == WavEncoding.Pcm ? 44 : 58;

    /// <summary>The header as bytes; the sound follows directly.</summary>
    /// <remarks>
    /// Where the length is not known, or is beyond the 4 GB that the file format can name, both size fields hold 0xFFFFFFFF,
    /// which players take as "until the end".
    /// </remarks>
    public byte[] ToArray()
    {
        byte[] header = new byte[LengthFor(Format)];
        bool pcm = Format.Encoding == WavEncoding.Pcm;
        uint data = Unknown;
        uint riff = Unknown;
        if (DataLength is { } length && length + (length & 1) + header.Length - 8 < Unknown)
        {
            data = (uint)length;
            riff = (uint)(length + (length & 1) + header.Length - 8);
        }

        Span<byte> rest = header;
        Put(ref rest, "RIFF"u8, riff);
        "WAVE"u8.CopyTo(rest);
        rest = rest[4..];
        Put(ref rest, "fmt "u8, pcm ? 16u : 18u);
        BinaryPrimitives.WriteUInt16LittleEndian(rest, (ushort)Format.Encoding);
        BinaryPrimitives.WriteUInt16LittleEndian(rest[2..], (ushort)Format.Channels);
        BinaryPrimitives.WriteUInt32LittleEndian(rest[4..], (uint)Format.SampleRate);
        BinaryPrimitives.WriteUInt32LittleEndian(rest[8..], (uint)Format.BytesPerSecond);
        BinaryPrimitives.WriteUInt16LittleEndian(rest[12..], (ushort)Format.BytesPerFrame);
        BinaryPrimitives.WriteUInt16LittleEndian(rest[14..], (ushort)Format.BitsPerSample);
        if (pcm)
        {
            rest = rest[16..];
        }
        else
        {
            // Anything but plain PCM has an (empty) extension and a fact chunk with the number of frames.
            rest = rest[18..];
            Put(ref rest, "fact"u8, 4);
            uint frames = data == Unknown ? Unknown : data / (uint)Format.BytesPerFrame;
            BinaryPrimitives.WriteUInt32LittleEndian(rest, frames);
            rest = rest[4..];
        }
        Put(ref rest, "data"u8, data);
        return header;
    }

    private static void Put(ref Span<byte> rest, ReadOnlySpan<byte> id, uint size)
    {
        id.CopyTo(rest);
        BinaryPrimitives.WriteUInt32LittleEndian(rest[4..], size);
        rest = rest[8..];
    }
}
