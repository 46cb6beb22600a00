using GroqKit.Errors;

namespace GroqKit.Http;

/// <summary>A path that a caller names. It must stay below the server's address: the key goes wherever it leads.</summary>
internal static class RawPath
{
    /// <exception cref="GroqValidationException">The path is not one, or leads elsewhere.</exception>
    public static Uri Resolve(GroqHttp http, string path)
    {
        if (string.IsNullOrEmpty(path))
            throw Rules.Invalid(nameof(path), "is missing.");
        foreach (char letter in path)
        {
            if (letter is <= ' ' or > '~' or '\\' or '#')
                throw Rules.Invalid(nameof(path), "must be encoded, and hold no backslash and no fragment.");
        }
        string relative = path[0] == '/' ? path[1..] : path;
        Uri uri = http.Resolve(relative);
        // Dots that lead upwards are folded away when an address is made; what is left tells.
        bool isFolded = uri.PathAndQuery != http.Root.AbsolutePath + relative;
        bool isAddress = relative.Split('?')[0].Contains("://", StringComparison.Ordinal);
        if (relative.Length == 0 || relative[0] == '/' || isFolded || isAddress)
            throw Rules.Invalid(nameof(path), "must be a path such as openai/v1/models, without host and dots.");
        return uri;
    }
}
