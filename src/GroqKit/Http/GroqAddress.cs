using System.Net;

namespace GroqKit.Http;

/// <summary>The server's address, and the addresses of its paths.</summary>
internal sealed class GroqAddress
{
    private static readonly string[] KnownSuffixes = ["/openai/v1", "/v1"];

    private GroqAddress(Uri root) => Root = root;

    /// <summary>Ends with a slash.</summary>
    public Uri Root { get; }

    public bool IsSecure => Root.Scheme == Uri.UriSchemeHttps;

    /// <param name="path">Relative, each segment already encoded.</param>
    public Uri Resolve(string path) => new(Root.AbsoluteUri + path);

    /// <summary>What is wrong with the address; null when nothing is.</summary>
    public static string? TryParse(string text, out GroqAddress address)
    {
        address = null!;
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out Uri? uri) || uri.Host.Length == 0)
            return "is not an absolute address such as https://api.groq.com.";
        if (uri.UserInfo.Length > 0)
            return "must not contain credentials.";
        if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
            return "must not contain a query or a fragment.";
        if (uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && IsLoopback(uri)))
            return "must begin with https:// (http:// is for loopback addresses only).";
        string root = uri.GetLeftPart(UriPartial.Path).TrimEnd('/');
        foreach (string suffix in KnownSuffixes)
        {
            if (root.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                root = root[..^suffix.Length];
                break;
            }
        }
        address = new GroqAddress(new Uri(root + "/"));
        return null;
    }

    /// <summary>Gives a bare host the scheme it needs; leaves an address alone.</summary>
    public static string FromHost(string host)
    {
        if (host.Contains("://", StringComparison.Ordinal))
            return host;
        string plain = $"http://{host}";
        return Uri.TryCreate(plain, UriKind.Absolute, out Uri? uri) && IsLoopback(uri) ? plain : $"https://{host}";
    }

    // Uri.IsLoopback also trusts names that merely resolve from the machine's own name; only literal loopback counts here.
    private static bool IsLoopback(Uri uri) =>
        string.Equals(uri.IdnHost, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(uri.IdnHost, out IPAddress? address) && IPAddress.IsLoopback(address));
}
