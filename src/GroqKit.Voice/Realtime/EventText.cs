using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace GroqKit.Voice.Realtime;

/// <summary>Reads what callers write. What has to be true of texts is looked at first: readers of JSON mind it no sooner than somebody wants the text.</summary>
internal static class EventText
{
    private static readonly JsonDocumentOptions Once = new() { AllowDuplicateProperties = false };

    /// <exception cref="RealtimeException">It is no JSON object.</exception>
    public static JsonObject Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            Check(json);
            return JsonNode.Parse(json, documentOptions: Once) as JsonObject
                ?? throw new RealtimeException("invalid_json", "The text is no JSON object.");
        }
        catch (Exception broken) when (broken is JsonException or ArgumentException)
        {
            throw new RealtimeException("invalid_json", "The text is no valid JSON, or names a member twice.");
        }
    }

    /// <exception cref="RealtimeException">There is something in it that is no text.</exception>
    /// <exception cref="JsonException">It is no JSON.</exception>
    private static void Check(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
            throw new RealtimeException("invalid_json", "The text is not valid UTF-8.");
        // Sound is never escaped.
        if (json.IndexOf("\\u"u8) < 0)
            return;
        var reader = new Utf8JsonReader(json);
        string? member = null;
        while (reader.Read())
        {
            if (reader.TokenType is not (JsonTokenType.PropertyName or JsonTokenType.String))
                continue;
            if (Read(ref reader) is not { } text)
                throw RealtimeException.Wrong(member ?? "type", "holds half of a surrogate pair, which is no text.");
            if (reader.TokenType == JsonTokenType.PropertyName)
                member = text;
        }
    }

    private static string? Read(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.TokenType == JsonTokenType.PropertyName || reader.ValueIsEscaped ? reader.GetString() : "";
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
