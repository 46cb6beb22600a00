using System.Buffers.Text;

namespace GroqKit.Chat;

/// <summary>Where an image may come from.</summary>
internal static class ImageAddress
{
    public const string Problem = "must be an https address or data:image/…;base64,… .";

    private const string Marker = ";base64,";

    public static bool IsValid(string? url)
    {
        if (url is null)
            return false;
        if (!url.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            return Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) && uri.Scheme == Uri.UriSchemeHttps;
        int marker = url.IndexOf(Marker, StringComparison.OrdinalIgnoreCase);
        if (marker < 0 || !url.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase))
            return false;
        ReadOnlySpan<char> data = url.AsSpan(marker + Marker.Length);
        return !data.IsEmpty && Base64.IsValid(data);
    }
}
