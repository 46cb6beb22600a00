using System.Text.Json;
using System.Text.Json.Nodes;
using GroqKit.Chat;

namespace GroqKit.Extensions.AI.Chat;

/// <summary>Lays requests over each other: what a higher one sets, hides the same field of those below.</summary>
internal static class RequestLayers
{
    /// <summary>Pairs of fields that exclude each other: setting one above hides the other below.</summary>
    private static readonly (string One, string Other)[] Rivals =
    [
        ("max_tokens", "max_completion_tokens"),
        ("include_reasoning", "reasoning_format"),
        ("functions", "tools"),
        ("function_call", "tool_choice"),
    ];

    /// <param name="fields">The lowest: fields by their names on the wire.</param>
    /// <param name="mapped">In the middle.</param>
    /// <param name="own">The highest. Its tools come before the others, and its messages are left to the caller.</param>
    /// <exception cref="GroqValidationException">A field has a value that is none for it.</exception>
    public static ChatRequest Merge(JsonObject fields, ChatRequest mapped, ChatRequest? own)
    {
        Lay(fields, ToJson(mapped));
        if (own is not null)
            Lay(fields, ToJson(own with { Messages = [] }));
        ChatRequest merged = Read(fields);
        return own?.Tools is null || mapped.Tools is null
            ? merged
            : merged with
            {
                Tools = [.. own.Tools, .. mapped.Tools],
            };
    }

    private static JsonObject ToJson(ChatRequest request) =>
        JsonSerializer.SerializeToNode(request, RequestJson.Default.ChatRequest)!.AsObject();

    private static void Lay(JsonObject below, JsonObject above)
    {
        foreach (var (one, other) in Rivals)
        {
            if (above.ContainsKey(one))
                below.Remove(other);
            if (above.ContainsKey(other))
                below.Remove(one);
        }
        foreach (var (name, value) in above)
            below[name] = value?.DeepClone();
    }

    private static ChatRequest Read(JsonObject fields)
    {
        try
        {
            return fields.Deserialize(RequestJson.Default.ChatRequest)!;
        }
        catch (JsonException error)
        {
            string path = error.Path?.TrimStart('$', '.') ?? "";
            throw new GroqValidationException(
                $"{path}: the value in ChatOptions.AdditionalProperties is of the wrong kind.",
                new ErrorDetails { Parameter = path },
                error
            );
        }
    }
}
