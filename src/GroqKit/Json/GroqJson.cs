using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GroqKit.Json;

/// <summary>The one owner of how objects become JSON and back.</summary>
internal static class GroqJson
{
    /// <summary>The deepest that the platform writes.</summary>
    public const int MaxDepth = 1000;

    /// <summary>Bodies are never put into a page, and plain letters are half the size of \u escapes or less.</summary>
    public static JavaScriptEncoder Encoder => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>Frozen on first use; safe for all threads.</summary>
    public static GroqJsonContext Context { get; } =
        new(
            new JsonSerializerOptions
            {
                PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
                DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
                // Other providers behind the same address have been seen to quote numbers.
                NumberHandling = JsonNumberHandling.AllowReadingFromString,
                Encoder = Encoder,
            }
        );
}
