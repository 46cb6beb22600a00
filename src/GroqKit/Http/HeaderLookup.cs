using System.Net.Http.Headers;

namespace GroqKit.Http;

/// <summary>Reads a header as it came, without the framework's parsing.</summary>
internal static class HeaderLookup
{
    public static string? First(this HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out HeaderStringValues values) ? values.First() : null;

    public static string? First(this HeaderStringValues values)
    {
        foreach (string value in values)
            return value;
        return null;
    }
}
