using System.Text.Encodings.Web;
using System.Text.Json;

namespace GroqKit.Tests.Chat;

/// <summary>JSON as one line, so that tests may write expected bodies over several.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Relaxed = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Flat(string json) => JsonSerializer.Serialize(ChatRequestSamples.Json(json), Relaxed);
}
