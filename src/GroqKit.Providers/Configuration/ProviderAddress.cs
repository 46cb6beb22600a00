using System.Net;

namespace GroqKit.Providers.Configuration;

/// <summary>The addresses of providers: https, or http on loopback, with or without the version's path.</summary>
public static class ProviderAddress
{
    private static readonly string[] VersionPaths = ["/openai/v1", "/v1"];

    /// <summary>What is wrong with an address; null when nothing is.</summary>
    /// <param name="text">The address.</param>
    public static string? FindProblem(string? text)
    {
        if (!Uri.TryCreate(text?.Trim(), UriKind.Absolute, out Uri? address) || address.Host.Length == 0)
            return "is not an absolute address such as https://api.example.com/v1.";
        if (address.UserInfo.Length > 0)
            return "must not contain credentials.";
        if (address.Query.Length > 0 || address.Fragment.Length > 0)
            return "must not contain a query or a fragment.";
        bool fits =
            address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && IsLoopback(address));
        return fits ? null : "must begin with https:// (http:// is for loopback addresses only).";
    }

    /// <summary>The root of an address, with a slash at its end and the given path in place of a version's path.</summary>
    /// <param name="text">A valid address.</param>
    /// <param name="versionPath">For example <c>openai/v1/</c>; empty for the bare root.</param>
    public static Uri Root(string text, string versionPath)
    {
        ArgumentNullException.ThrowIfNull(text);
        string root = new Uri(text.Trim()).GetLeftPart(UriPartial.Path).TrimEnd('/');
        string? known = Array.Find(VersionPaths, path => root.EndsWith(path, StringComparison.OrdinalIgnoreCase));
        return new Uri($"{(known is null ? root : root[..^known.Length])}/{versionPath}");
    }

    /// <summary>The addresses of options, each made complete; the kind's own when there is none.</summary>
    /// <param name="options">Valid options.</param>
    /// <param name="usual">The kind's own address.</param>
    /// <param name="complete">Makes a root of what was written.</param>
    public static IEnumerable<Uri> Of(ProviderOptions options, string usual, Func<string, Uri> complete)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(complete);
        return options.BaseUrls.Count > 0 ? options.BaseUrls.Select(complete) : [complete(options.BaseUrl ?? usual)];
    }

    // Uri.IsLoopback also trusts names that merely resolve from the machine's own name; only literal loopback counts here.
    private static bool IsLoopback(Uri address) =>
        string.Equals(address.IdnHost, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(address.IdnHost, out IPAddress? ip) && IPAddress.IsLoopback(ip));
}
