using System.Text.Json;

namespace GroqKit.Gateway.Infrastructure.Configuration;

/// <summary>Reads JSON, with comments and trailing commas as people write them. Names that are there twice are refused.</summary>
internal static class JsonConfig
{
    private static readonly JsonDocumentOptions Options = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        AllowDuplicateProperties = false,
    };

    /// <exception cref="JsonException">It isn't JSON.</exception>
    public static ConfigNode Read(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text, Options);
        return Read(document.RootElement);
    }

    private static ConfigNode Read(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => new ConfigNode(
                Members:
                [
                    .. element.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, Read(member.Value))),
                ]
            ),
            JsonValueKind.Array => new ConfigNode(Items: [.. element.EnumerateArray().Select(Read)]),
            JsonValueKind.Null => new ConfigNode(),
            JsonValueKind.String => new ConfigNode(element.GetString()),
            _ => new ConfigNode(element.GetRawText()),
        };
}
