using System.Text.Json;
using GroqKit.Gateway.Services.Errors;

namespace GroqKit.Gateway.Services.Translation.Responses;

/// <summary>Words tools, forms of answers and thinking as a chat has them: one level deeper than the Responses API.</summary>
internal static class ChatOptions
{
    private static readonly string[] FunctionMembers = ["name", "description", "parameters", "strict"];
    private static readonly string[] SchemaMembers = ["name", "description", "schema", "strict"];

    /// <exception cref="GatewayException">Something needs the Responses API.</exception>
    public static void Write(Utf8JsonWriter json, JsonRequest request)
    {
        WriteTools(json, request);
        WriteChoice(json, request);
        WriteFormat(json, request);
        if (request.Find("reasoning") is { } reasoning && Parse(reasoning) is var options)
        {
            using (options)
            {
                if (TextOf(options.RootElement, "effort") is { } effort)
                    json.WriteString("reasoning_effort"u8, effort);
            }
        }
    }

    private static void WriteTools(Utf8JsonWriter json, JsonRequest request)
    {
        if (request.Find("tools") is not { } member)
            return;
        using JsonDocument tools = Parse(member);
        if (tools.RootElement.GetArrayLength() == 0)
            return;
        json.WriteStartArray("tools"u8);
        int index = 0;
        foreach (JsonElement tool in tools.RootElement.EnumerateArray())
        {
            string place = $"tools[{index++}]";
            if (tool.ValueKind != JsonValueKind.Object)
                throw RequestErrors.WrongType(place, "an object");
            if (TextOf(tool, "type") is not "function")
                throw RequestErrors.WrongValue(
                    $"{place}.type",
                    "must be 'function'; other tools need a provider with the Responses API"
                );
            json.WriteStartObject();
            json.WriteString("type"u8, "function"u8);
            json.WriteStartObject("function"u8);
            Copy(json, tool, FunctionMembers);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteChoice(Utf8JsonWriter json, JsonRequest request)
    {
        if (request.Find("tool_choice") is not { } member)
            return;
        using JsonDocument choice = Parse(member);
        JsonElement root = choice.RootElement;
        if (root.ValueKind == JsonValueKind.String)
        {
            json.WriteString("tool_choice"u8, root.GetString());
            return;
        }
        string? name =
            root.ValueKind == JsonValueKind.Object && TextOf(root, "type") == "function"
                ? TextOf(root, "name")
                    ?? (root.TryGetProperty("function", out JsonElement function) ? TextOf(function, "name") : null)
                : null;
        if (name is null)
            throw RequestErrors.WrongValue(
                "tool_choice",
                "must name a function; other tools need a provider with the Responses API"
            );
        json.WriteStartObject("tool_choice"u8);
        json.WriteString("type"u8, "function"u8);
        json.WriteStartObject("function"u8);
        json.WriteString("name"u8, name);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteFormat(Utf8JsonWriter json, JsonRequest request)
    {
        if (request.Find("text") is not { } member)
            return;
        using JsonDocument text = Parse(member);
        if (
            !text.RootElement.TryGetProperty("format", out JsonElement format)
            || format.ValueKind != JsonValueKind.Object
            || TextOf(format, "type") is not { } type
            || type == "text"
        )
            return;
        json.WriteStartObject("response_format"u8);
        json.WriteString("type"u8, type);
        if (type == "json_schema")
        {
            json.WriteStartObject("json_schema"u8);
            Copy(json, format, SchemaMembers);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void Copy(Utf8JsonWriter json, JsonElement from, string[] names)
    {
        foreach (string name in names)
        {
            if (!from.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
                continue;
            json.WritePropertyName(name);
            value.WriteTo(json);
        }
    }

    private static JsonDocument Parse(JsonMember member) => JsonDocument.Parse(member.Value);

    private static string? TextOf(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object
        && of.TryGetProperty(name, out JsonElement value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
