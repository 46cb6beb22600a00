using System.Buffers;

namespace GroqKit.Http;

/// <summary>What a header from outside must look like before it comes near a request.</summary>
internal static class HeaderRules
{
    private static readonly SearchValues<char> Token = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    );

    /// <summary>Null when the header may be sent. Never repeats the value, which may be a secret.</summary>
    public static string? FindProblem(string name, string? value)
    {
        if (string.IsNullOrEmpty(name) || name.AsSpan().ContainsAnyExcept(Token))
            return "is not a header name.";
        if (IsReserved(name))
            return "is set by the client itself.";
        return FindValueProblem(value);
    }

    public static string? FindValueProblem(string? value)
    {
        if (value is null)
            return "must not be null.";
        foreach (char letter in value)
        {
            if (letter is (< ' ' and not '\t') or > '~')
                return "must not contain line ends, control characters or letters beyond ASCII.";
        }
        return null;
    }

    /// <summary>A name as it may stand in a message.</summary>
    public static string Printable(string? name) =>
        string.Concat((name ?? "").Take(64).Select(letter => letter is >= ' ' and <= '~' ? letter : '?'));

    private static bool IsReserved(string name) =>
        name.ToLowerInvariant()
            is "authorization"
                or "connection"
                or "host"
                or "keep-alive"
                or "te"
                or "trailer"
                or "transfer-encoding"
                or "upgrade"
        || name.StartsWith("content-", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("proxy-", StringComparison.OrdinalIgnoreCase);
}
