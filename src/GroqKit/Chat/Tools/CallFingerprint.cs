using System.Text.Json;

namespace GroqKit.Chat;

/// <summary>Tells whether two calls are the same: the same tool, and arguments that differ in order and spacing only.</summary>
internal static class CallFingerprint
{
    public static string Of(ToolCall call) => $"{call.Function.Name}\n{Normalize(call.Function.Arguments)}";

    private static string Normalize(string? arguments)
    {
        if (string.IsNullOrWhiteSpace(arguments))
            return "";
        try
        {
            using JsonDocument document = JsonDocument.Parse(arguments);
            using var buffer = new MemoryStream();
            using (var writer = new Utf8JsonWriter(buffer))
                Write(document.RootElement, writer);
            return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Not JSON, or half of a surrogate pair: then only the very same text is the same call.
            return arguments;
        }
    }

    private static void Write(JsonElement value, Utf8JsonWriter writer)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (
                    JsonProperty member in value
                        .EnumerateObject()
                        .OrderBy(member => member.Name, StringComparer.Ordinal)
                )
                {
                    writer.WritePropertyName(member.Name);
                    Write(member.Value, writer);
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in value.EnumerateArray())
                    Write(item, writer);
                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
