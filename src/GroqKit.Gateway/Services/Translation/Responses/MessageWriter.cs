using System.Text.Json;
using GroqKit.Gateway.Services.Errors;

namespace GroqKit.Gateway.Services.Translation.Responses;

/// <summary>Words the items of an input as chat messages; calls that follow each other become one message.</summary>
internal sealed class MessageWriter(Utf8JsonWriter json)
{
    private bool _inCalls;

    public static void WriteText(Utf8JsonWriter json, string role, string text)
    {
        json.WriteStartObject();
        json.WriteString("role"u8, role);
        json.WriteString("content"u8, text);
        json.WriteEndObject();
    }

    /// <exception cref="GatewayException">A chat has no place for the item.</exception>
    public void Write(JsonElement item, string place)
    {
        if (item.ValueKind != JsonValueKind.Object)
            throw RequestErrors.WrongType(place, "an object");
        string type = TextOf(item, "type") ?? "message";
        if (type != "function_call")
            Close();
        switch (type)
        {
            case "message":
                WriteMessage(item, place);
                break;
            case "function_call":
                WriteCall(item, place);
                break;
            case "function_call_output":
                json.WriteStartObject();
                json.WriteString("role"u8, "tool"u8);
                json.WriteString("tool_call_id"u8, Required(item, "call_id", place));
                json.WriteString("content"u8, OutputOf(item, place));
                json.WriteEndObject();
                break;
            // Thoughts of earlier turns have no place in a chat and are not needed there.
            case "reasoning":
                break;
            default:
                throw RequestErrors.WrongValue($"{place}.type", $"'{type}' needs a provider with the Responses API");
        }
    }

    /// <summary>Ends the message of calls, if one is open.</summary>
    public void Close()
    {
        if (!_inCalls)
            return;
        json.WriteEndArray();
        json.WriteEndObject();
        _inCalls = false;
    }

    private void WriteCall(JsonElement item, string place)
    {
        if (!_inCalls)
        {
            json.WriteStartObject();
            json.WriteString("role"u8, "assistant"u8);
            json.WriteNull("content"u8);
            json.WriteStartArray("tool_calls"u8);
            _inCalls = true;
        }
        json.WriteStartObject();
        json.WriteString("id"u8, Required(item, "call_id", place));
        json.WriteString("type"u8, "function"u8);
        json.WriteStartObject("function"u8);
        json.WriteString("name"u8, Required(item, "name", place));
        json.WriteString("arguments"u8, Required(item, "arguments", place));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteMessage(JsonElement item, string place)
    {
        string role = Required(item, "role", place);
        if (role is not ("user" or "assistant" or "system" or "developer"))
            throw RequestErrors.WrongValue($"{place}.role", "must be user, assistant, system or developer");
        // Everybody knows the older of the two names.
        role = role == "developer" ? "system" : role;
        if (!item.TryGetProperty("content", out JsonElement content))
            throw RequestErrors.Missing($"{place}.content");
        if (content.ValueKind == JsonValueKind.String)
        {
            WriteText(json, role, content.GetString()!);
            return;
        }
        if (content.ValueKind != JsonValueKind.Array)
            throw RequestErrors.WrongType($"{place}.content", "a string or an array");
        if (role != "user")
        {
            WriteText(json, role, TextOfParts(content, $"{place}.content"));
            return;
        }
        json.WriteStartObject();
        json.WriteString("role"u8, role);
        json.WriteStartArray("content"u8);
        int index = 0;
        foreach (JsonElement part in content.EnumerateArray())
            WritePart(part, $"{place}.content[{index++}]");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WritePart(JsonElement part, string place)
    {
        if (part.ValueKind != JsonValueKind.Object)
            throw RequestErrors.WrongType(place, "an object");
        string type = TextOf(part, "type") ?? throw RequestErrors.Missing($"{place}.type");
        json.WriteStartObject();
        switch (type)
        {
            case "input_text" or "output_text" or "text":
                json.WriteString("type"u8, "text"u8);
                json.WriteString("text"u8, Required(part, "text", place));
                break;
            case "input_image" when TextOf(part, "image_url") is { } address:
                json.WriteString("type"u8, "image_url"u8);
                json.WriteStartObject("image_url"u8);
                json.WriteString("url"u8, address);
                if (TextOf(part, "detail") is { } detail and not "original")
                    json.WriteString("detail"u8, detail);
                json.WriteEndObject();
                break;
            default:
                throw RequestErrors.WrongValue($"{place}.type", $"'{type}' needs a provider with the Responses API");
        }
        json.WriteEndObject();
    }

    private static string OutputOf(JsonElement item, string place)
    {
        if (!item.TryGetProperty("output", out JsonElement output))
            throw RequestErrors.Missing($"{place}.output");
        return output.ValueKind switch
        {
            JsonValueKind.String => output.GetString()!,
            JsonValueKind.Array => TextOfParts(output, $"{place}.output"),
            _ => throw RequestErrors.WrongType($"{place}.output", "a string or an array"),
        };
    }

    private static string TextOfParts(JsonElement parts, string place) =>
        string.Concat(
            parts
                .EnumerateArray()
                .Select(
                    (part, index) =>
                        part.ValueKind == JsonValueKind.Object
                        && (TextOf(part, "text") ?? TextOf(part, "refusal")) is { } text
                            ? text
                            : throw RequestErrors.WrongValue($"{place}[{index}]", "must be text here")
                )
        );

    private static string Required(JsonElement of, string name, string place) =>
        TextOf(of, name) ?? throw RequestErrors.Missing($"{place}.{name}");

    private static string? TextOf(JsonElement of, string name) =>
        of.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
