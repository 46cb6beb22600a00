using System.Text;
using System.Text.Json;

namespace GroqKit.Gateway.Services.Translation;

/// <summary>One member of a request's JSON object.</summary>
/// <param name="Name">Its name, unescaped.</param>
/// <param name="Whole">Name, colon and value as they came.</param>
/// <param name="Value">The value as it came, quotes included.</param>
internal readonly record struct JsonMember(string Name, ReadOnlyMemory<byte> Whole, ReadOnlyMemory<byte> Value)
{
    /// <summary>A string's text; null when the value is no string.</summary>
    public string? Text =>
        Value.Span[0] == '"' ? JsonSerializer.Deserialize(Value.Span, RequestJson.Default.String) : null;

    /// <summary>The value's JSON.</summary>
    public string Json => Encoding.UTF8.GetString(Value.Span);
}
