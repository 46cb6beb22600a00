using System.Globalization;
using System.Text.Json;
using GroqKit.Chat;
using GroqKit.Gateway.Services.Translation;
using GroqKit.Providers.Choosing;

namespace GroqKit.Gateway.Services.Routing;

/// <summary>Finds out what a request needs of a model, whether it is worded as a chat, a response or a completion.</summary>
internal sealed class TraitsReader
{
    private const int PerMessage = 4;

    private static readonly string[] Conversations = ["instructions", "messages", "input", "prompt"];
    private static readonly string[] Bounds = ["max_completion_tokens", "max_output_tokens", "max_tokens"];
    private static readonly string[] Contents = ["content", "text", "output", "arguments", "function", "tool_calls"];

    private long _tokens;
    private bool _vision;
    private bool _code;

    private TraitsReader() { }

    public static RequestTraits Read(JsonRequest request)
    {
        var reader = new TraitsReader();
        foreach (string name in Conversations)
        {
            if (Parse(request, name) is { } conversation)
                reader.Add(conversation);
        }
        JsonElement? tools = Parse(request, "tools") ?? Parse(request, "functions");
        if (tools is { } described)
            reader._tokens += TokenEstimate.Count(described.GetRawText());
        JsonElement? format = Schema(Parse(request, "response_format")) ?? Schema(Format(Parse(request, "text")));
        return new RequestTraits
        {
            InputTokens = (int)Math.Min(reader._tokens, int.MaxValue),
            MaxOutputTokens = Bounds.Select(name => Count(request, name)).FirstOrDefault(count => count is not null),
            NeedsVision = reader._vision,
            NeedsTools = tools is { ValueKind: JsonValueKind.Array } list && list.EnumerateArray().Any(IsFunction),
            NeedsSchema = format is not null,
            NeedsStrictSchema = format is { } schema && IsTrue(schema, "strict"),
            HasCode = reader._code,
        };
    }

    private void Add(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                string text = element.GetString()!;
                _tokens += TokenEstimate.Count(text);
                _code = _code || CodeSigns.AreIn(text);
                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in element.EnumerateArray())
                    Add(item);
                break;
            case JsonValueKind.Object when element.TryGetProperty("image_url"u8, out _):
                _vision = true;
                _tokens += RequestTraits.TokensOfImage;
                break;
            case JsonValueKind.Object:
                if (element.TryGetProperty("role"u8, out _))
                    _tokens += PerMessage;
                foreach (JsonProperty member in element.EnumerateObject())
                {
                    if (Array.Exists(Contents, member.NameEquals))
                        Add(member.Value);
                }
                break;
        }
    }

    private static JsonElement? Parse(JsonRequest request, string name)
    {
        if (request.Find(name) is not { } member)
            return null;
        using JsonDocument document = JsonDocument.Parse(member.Value);
        return document.RootElement.Clone();
    }

    private static int? Count(JsonRequest request, string name) =>
        request.Find(name) is { } member
        && int.TryParse(member.Value.Span, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            ? count
            : null;

    // A tool without a type is one of the older functions.
    private static bool IsFunction(JsonElement tool) =>
        tool.ValueKind == JsonValueKind.Object
        && (!tool.TryGetProperty("type"u8, out JsonElement type) || IsWord(type, "function"u8));

    private static JsonElement? Format(JsonElement? text) =>
        text is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty("format"u8, out JsonElement format)
            ? format
            : null;

    // A chat keeps the schema one level deeper than a response does.
    private static JsonElement? Schema(JsonElement? format)
    {
        if (
            format is not { ValueKind: JsonValueKind.Object } found
            || !found.TryGetProperty("type"u8, out JsonElement type)
            || !IsWord(type, "json_schema"u8)
        )
            return null;
        return found.TryGetProperty("json_schema"u8, out JsonElement inner) ? inner : found;
    }

    private static bool IsWord(JsonElement value, ReadOnlySpan<byte> word) =>
        value.ValueKind == JsonValueKind.String && value.ValueEquals(word);

    private static bool IsTrue(JsonElement found, string name) =>
        found.ValueKind == JsonValueKind.Object
        && found.TryGetProperty(name, out JsonElement value)
        && value.ValueKind == JsonValueKind.True;
}
