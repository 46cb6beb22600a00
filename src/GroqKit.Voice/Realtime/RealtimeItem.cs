using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace GroqKit.Voice.Realtime;

/// <summary>A message or a call of a tool in a realtime conversation. Changed by its session only.</summary>
internal sealed class RealtimeItem(string id, JsonObject json)
{
    public string Id => id;

    /// <summary>The item as callers see it.</summary>
    public JsonObject Json => json;

    /// <summary>Characters of what a caller wrote; 0 for others' items.</summary>
    public long Length { get; init; }

    /// <summary>What can be heard of an answer; null for others.</summary>
    public HeardAnswer? Heard { get; init; }

    public JsonArray Content => (JsonArray)(json["content"] ??= new JsonArray());

    /// <summary>Sets the words of the part that holds sound or text.</summary>
    public void SetText(string text)
    {
        foreach (JsonNode? part in Content)
        {
            string name = part!["type"]!.GetValue<string>() is "output_audio" or "input_audio" ? "transcript" : "text";
            part[name] = text;
        }
    }

    /// <summary>The item as models read it; null while nobody knows what it says.</summary>
    public ChatMessage? ToMessage()
    {
        switch (json["type"]!.GetValue<string>())
        {
            case "function_call":
                return new ChatMessage(
                    ChatRole.Assistant,
                    [
                        FunctionCallContent.CreateFromParsedArguments(
                            json["arguments"]?.GetValue<string>() ?? "{}",
                            json["call_id"]?.GetValue<string>() ?? id,
                            json["name"]?.GetValue<string>() ?? "",
                            static text =>
                                (JsonNode.Parse(text) as JsonObject)?.ToDictionary(
                                    static member => member.Key,
                                    static member => (object?)member.Value
                                )
                        ),
                    ]
                );
            case "function_call_output":
                return new ChatMessage(
                    ChatRole.Tool,
                    [
                        new FunctionResultContent(
                            json["call_id"]?.GetValue<string>() ?? id,
                            json["output"]?.GetValue<string>() ?? ""
                        ),
                    ]
                );
            default:
                List<AIContent> contents = [.. Content.Select(ToContent).OfType<AIContent>()];
                return contents.Count == 0 ? null : new ChatMessage(RoleOf(json["role"]!.GetValue<string>()), contents);
        }
    }

    /// <summary>The image of a part; null where it has none.</summary>
    /// <exception cref="FormatException">It is no address.</exception>
    /// <exception cref="ArgumentException">It is no address.</exception>
    public static AIContent? ImageOf(JsonNode? part) =>
        part?["image_url"]?.GetValue<string>() switch
        {
            null => null,
            { } data when data.StartsWith("data:", StringComparison.OrdinalIgnoreCase) => new DataContent(data),
            var address => new UriContent(address, "image/*"),
        };

    private static AIContent? ToContent(JsonNode? part)
    {
        if (ImageOf(part) is { } image)
            return image;
        string? text = (part?["text"] ?? part?["transcript"])?.GetValue<string>();
        return string.IsNullOrEmpty(text) ? null : new TextContent(text);
    }

    private static ChatRole RoleOf(string role) =>
        role switch
        {
            "assistant" => ChatRole.Assistant,
            "system" => ChatRole.System,
            _ => ChatRole.User,
        };
}
