using System.Text.Encodings.Web;
using System.Text.Json;

namespace GroqKit.Gateway.Dashboard.Parts;

/// <summary>JSON for people.</summary>
internal static class Indented
{
    // Razor encodes what it writes; a second time would be unreadable.
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of(JsonElement? json)
    {
        if (json is not { } known)
            return "";
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Options))
            known.WriteTo(writer);
        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }
}
