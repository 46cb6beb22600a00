using System.Buffers.Binary;

namespace GroqKit.Chat;

/// <summary>What the first bytes of an image tell. Nothing is decoded.</summary>
/// <param name="MediaType">For example <c>image/png</c>.</param>
/// <param name="Width">In pixels; 0 when the bytes do not reach that far, or do not tell.</param>
/// <param name="Height">In pixels; 0 when the bytes do not reach that far, or do not tell.</param>
internal readonly record struct ImageHeader(string MediaType, int Width = 0, int Height = 0)
{
    public long Pixels => (long)Width * Height;

    /// <summary>Null: neither PNG, JPEG, WebP nor GIF.</summary>
    public static ImageHeader? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith<byte>([0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n']))
            return ReadPng(bytes);
        if (bytes.StartsWith<byte>([0xFF, 0xD8, 0xFF]))
            return ReadJpeg(bytes);
        if (bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8))
            return ReadGif(bytes);
        return bytes.Length >= 12 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8)
            ? ReadWebp(bytes)
            : null;
    }

    private static ImageHeader ReadPng(ReadOnlySpan<byte> bytes)
    {
        const string Type = "image/png";
        return bytes.Length >= 24 && bytes[12..].StartsWith("IHDR"u8)
            ? Sized(
                Type,
                BinaryPrimitives.ReadInt32BigEndian(bytes[16..]),
                BinaryPrimitives.ReadInt32BigEndian(bytes[20..])
            )
            : new ImageHeader(Type);
    }

    private static ImageHeader ReadGif(ReadOnlySpan<byte> bytes)
    {
        const string Type = "image/gif";
        return bytes.Length >= 10
            ? Sized(
                Type,
                BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]),
                BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..])
            )
            : new ImageHeader(Type);
    }

    /// <summary>Goes from segment to segment until the one that begins a frame, which may come after long metadata.</summary>
    private static ImageHeader ReadJpeg(ReadOnlySpan<byte> bytes)
    {
        const string Type = "image/jpeg";
        int at = 2;
        while (at + 4 <= bytes.Length && bytes[at] == 0xFF)
        {
            byte marker = bytes[at + 1];
            if (marker == 0xFF)
            {
                // Markers may be preceded by any number of fill bytes.
                at++;
                continue;
            }
            if (marker is 0x01 or (>= 0xD0 and <= 0xD7))
            {
                // These stand alone.
                at += 2;
                continue;
            }
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return at + 9 <= bytes.Length
                    ? Sized(
                        Type,
                        BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 7)..]),
                        BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 5)..])
                    )
                    : new ImageHeader(Type);
            }
            if (marker is 0xD9 or 0xDA)
                break;
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
        }
        return new ImageHeader(Type);
    }

    private static ImageHeader ReadWebp(ReadOnlySpan<byte> bytes)
    {
        const string Type = "image/webp";
        if (bytes.Length < 30)
            return new ImageHeader(Type);
        ReadOnlySpan<byte> chunk = bytes[12..];
        if (chunk.StartsWith("VP8X"u8))
            return Sized(Type, 1 + UInt24(bytes[24..]), 1 + UInt24(bytes[27..]));
        if (chunk.StartsWith("VP8L"u8) && bytes[20] == 0x2F)
        {
            uint bits = BinaryPrimitives.ReadUInt32LittleEndian(bytes[21..]);
            return Sized(Type, 1 + (int)(bits & 0x3FFF), 1 + (int)((bits >> 14) & 0x3FFF));
        }
        if (chunk.StartsWith("VP8 "u8) && bytes[23..].StartsWith<byte>([0x9D, 0x01, 0x2A]))
        {
            // The two highest bits of each are a scale for display.
            int width = BinaryPrimitives.ReadUInt16LittleEndian(bytes[26..]) & 0x3FFF;
            return Sized(Type, width, BinaryPrimitives.ReadUInt16LittleEndian(bytes[28..]) & 0x3FFF);
        }
        return new ImageHeader(Type);
    }

    private static int UInt24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);

    // A size of nothing, or beyond what the format allows, says nothing.
    private static ImageHeader Sized(string type, int width, int height) =>
        width > 0 && height > 0 ? new ImageHeader(type, width, height) : new ImageHeader(type);
}
