using System.Text.Json;

namespace GroqKit.Gateway.Services.Translation.Chat;

/// <summary>Reads the first choice of chat answers, streamed or whole.</summary>
internal static class ChatDeltaReader
{
    /// <exception cref="JsonException">It is no such answer.</exception>
    public static ChatDelta Read(ReadOnlyMemory<byte> json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        if (
            document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty("choices", out JsonElement choices)
            || choices.ValueKind != JsonValueKind.Array
        )
            throw new JsonException("There are no choices.");
        // The frame with usage has none.
        if (choices.GetArrayLength() == 0)
            return new ChatDelta();
        JsonElement choice = choices[0];
        string? finish = TextOf(choice, "finish_reason");
        if (
            !(choice.TryGetProperty("delta", out JsonElement message) || choice.TryGetProperty("message", out message))
            || message.ValueKind != JsonValueKind.Object
        )
            return new ChatDelta { FinishReason = finish };
        return new ChatDelta
        {
            Text = TextOf(message, "content") ?? TextOf(message, "refusal") ?? "",
            Reasoning = TextOf(message, "reasoning") ?? TextOf(message, "reasoning_content") ?? "",
            Calls = CallsOf(message),
            FinishReason = finish,
        };
    }

    private static (int, ToolUse)[] CallsOf(JsonElement message)
    {
        if (!message.TryGetProperty("tool_calls", out JsonElement calls) || calls.ValueKind != JsonValueKind.Array)
            return [];
        return
        [
            .. calls
                .EnumerateArray()
                .Select(
                    (call, place) =>
                    {
                        JsonElement function = call.TryGetProperty("function", out JsonElement value) ? value : default;
                        bool known = function.ValueKind == JsonValueKind.Object;
                        return (
                            call.TryGetProperty("index", out JsonElement index) && index.TryGetInt32(out int at)
                                ? at
                                : place,
                            new ToolUse(
                                TextOf(call, "id") ?? "",
                                (known ? TextOf(function, "name") : null) ?? "",
                                (known ? TextOf(function, "arguments") : null) ?? ""
                            )
                        );
                    }
                ),
        ];
    }

    private static string? TextOf(JsonElement of, string name) =>
        of.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
