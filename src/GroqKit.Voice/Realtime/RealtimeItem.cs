using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace GroqKit.Voice.Realtime;

/// <summary>
/// A message or a call of a tool in a realtime conversation. Safe for all threads: it is asked for and cut while the answer that it holds goes on.
/// </summary>
internal sealed class RealtimeItem(string id, JsonObject json)
{
    private readonly Lock _gate = new();
    private TimeSpan? _truncatedAt;

    public string Id => id;

    /// <summary>Whether it asks for a tool.</summary>
    public bool IsCall { get; } = TypeOf(json) == "function_call";

    /// <summary>Whether it is what a tool gave.</summary>
    public bool IsResult { get; } = TypeOf(json) == "function_call_output";

    /// <summary>Which call it is, or whose result; empty for messages.</summary>
    public string CallId { get; } = TypeOf(json) == "message" ? "" : json["call_id"]?.GetValue<string>() ?? id;

    /// <summary>The item as callers see it now.</summary>
    public JsonObject ToJson()
    {
        lock (_gate)
            return (JsonObject)json.DeepClone();
    }

    /// <summary>Characters of what a caller wrote; 0 for others' items.</summary>
    public long Length { get; init; }

    /// <summary>What can be heard of an answer; null for others.</summary>
    public HeardAnswer? Heard { get; init; }

    /// <summary>Whether less of it was heard than was said.</summary>
    public bool IsTruncated
    {
        get
        {
            lock (_gate)
                return _truncatedAt is not null;
        }
    }

    private JsonArray Content => (JsonArray)(json["content"] ??= new JsonArray());

    public void AddPart(JsonObject part)
    {
        lock (_gate)
            Content.Add((JsonNode)part);
    }

    /// <summary>Sets the words of the part that holds sound or text; of an answer that was cut, those that were heard stay.</summary>
    public void SetText(string text)
    {
        lock (_gate)
            Write(_truncatedAt is { } end ? Heard!.TextAt(end) : text);
    }

    /// <summary>Leaves of an answer what was heard of it.</summary>
    /// <param name="end">How much was played.</param>
    public void Truncate(TimeSpan end)
    {
        lock (_gate)
        {
            // What was not heard once is not heard by a later word either.
            if (_truncatedAt is not { } earlier || end < earlier)
                _truncatedAt = end;
            Write(Heard!.TextAt(_truncatedAt.Value));
        }
    }

    /// <summary>Sets a member.</summary>
    public void Set(string name, string value)
    {
        lock (_gate)
            json[name] = value;
    }

    /// <summary>The item as models read it; null while nobody knows what it says.</summary>
    public ChatMessage? ToMessage()
    {
        lock (_gate)
            return Read();
    }

    private void Write(string text)
    {
        foreach (JsonNode? part in Content)
        {
            string name = part!["type"]!.GetValue<string>() is "output_audio" or "input_audio" ? "transcript" : "text";
            part[name] = text;
        }
    }

    private ChatMessage? Read()
    {
        switch (TypeOf(json))
        {
            case "function_call":
                return new ChatMessage(
                    ChatRole.Assistant,
                    [
                        FunctionCallContent.CreateFromParsedArguments(
                            json["arguments"]?.GetValue<string>() ?? "{}",
                            CallId,
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
                    [new FunctionResultContent(CallId, json["output"]?.GetValue<string>() ?? "")]
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

    private static string TypeOf(JsonObject json) => json["type"]!.GetValue<string>();

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
