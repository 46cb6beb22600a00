using System.Buffers;

namespace GroqKit.Chat;

/// <summary>An image within an address: <c>data:image/…;base64,…</c>.</summary>
internal static class InlineImage
{
    private const string Marker = ";base64,";

    // A multiple of 4 letters; nearly every header lies within.
    private const int FirstLetters = 64 * 1024;

    /// <summary>The letters of base64; empty when the address is not such an image.</summary>
    public static ReadOnlySpan<char> Data(string? url)
    {
        if (url?.StartsWith("data:", StringComparison.OrdinalIgnoreCase) != true)
            return [];
        int marker = url.IndexOf(Marker, StringComparison.OrdinalIgnoreCase);
        return marker < 0 ? [] : url.AsSpan(marker + Marker.Length);
    }

    public static long Bytes(ReadOnlySpan<char> data) => data.TrimEnd('=').Length * 3L / 4;

    /// <summary>Null: the header cannot be read.</summary>
    public static ImageHeader? Header(ReadOnlySpan<char> data)
    {
        ImageHeader? header = Decode(data.Length > FirstLetters ? data[..FirstLetters] : data);
        bool isCut = header is { Pixels: 0 } or null && data.Length > FirstLetters;
        return isCut ? Decode(data) : header;
    }

    private static ImageHeader? Decode(ReadOnlySpan<char> data)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(data.Length * 3 / 4 + 3);
        try
        {
            return Convert.TryFromBase64Chars(data, buffer, out int written)
                ? ImageHeader.Read(buffer.AsSpan(0, written))
                : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
