using System.Net.Http.Headers;

namespace GroqKit.Http;

/// <summary>Reads a header as it came, without the framework's parsing.</summary>
internal static class HeaderLookup
{
    public static string? First(this HttpHeaders headers, string name)
    {
        if (!headers.NonValidated.TryGetValues(name, out HeaderStringValues values))
            return null;
        foreach (string value in values)
            return value;
        return null;
    }
}
