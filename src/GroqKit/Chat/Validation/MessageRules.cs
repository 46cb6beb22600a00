using System.Text.Json;

namespace GroqKit.Chat;

/// <summary>What messages must look like.</summary>
internal static class MessageRules
{
    public static void Check(IReadOnlyList<ChatMessage>? messages)
    {
        if (messages is not { Count: > 0 })
            throw ChatRequestRules.Invalid("messages", "must have at least one message.");
        for (int i = 0; i < messages.Count; i++)
        {
            if (messages[i] is not { } message)
                throw ChatRequestRules.Invalid($"messages[{i}]", "must not be null.");
            CheckRole(message, i);
            CheckContent(message, i);
            CheckToolCalls(message.ToolCalls, i);
        }
    }

    private static void CheckRole(ChatMessage message, int i)
    {
        if (string.IsNullOrEmpty(message.Role.Value))
            throw ChatRequestRules.Invalid($"messages[{i}].role", "is missing.");
        if (!ChatRole.Known.Contains(message.Role))
            throw ChatRequestRules.Invalid($"messages[{i}].role", "is not a role that Groq knows.");
        if (message.Role == ChatRole.Tool && string.IsNullOrEmpty(message.ToolCallId))
            throw ChatRequestRules.Invalid($"messages[{i}].tool_call_id", "is missing.");
        if (message.Role == ChatRole.Function && string.IsNullOrEmpty(message.Name))
            throw ChatRequestRules.Invalid($"messages[{i}].name", "is missing.");
    }

    private static void CheckContent(ChatMessage message, int i)
    {
        if (message.Content is not { } content || content is { Text: null, Parts: null })
        {
            if (message.Role != ChatRole.Assistant)
                throw ChatRequestRules.Invalid($"messages[{i}].content", "is missing.");
            return;
        }
        if (content.Parts is not { } parts)
            return;
        if (parts.Count == 0)
            throw ChatRequestRules.Invalid($"messages[{i}].content", "must have at least one part.");
        bool textOnly = message.Role != ChatRole.User && message.Role != ChatRole.Tool;
        for (int j = 0; j < parts.Count; j++)
            CheckPart(parts[j], textOnly, i, j);
    }

    private static void CheckPart(ContentPart? part, bool textOnly, int i, int j)
    {
        if (part is null)
            throw ChatRequestRules.Invalid($"messages[{i}].content[{j}]", "must not be null.");
        if (part.Type == ContentPartType.Text)
        {
            if (part.Text is null)
                throw ChatRequestRules.Invalid($"messages[{i}].content[{j}].text", "is missing.");
            return;
        }
        if (textOnly || !ContentPartType.Known.Contains(part.Type))
        {
            throw ChatRequestRules.Invalid(
                $"messages[{i}].content[{j}].type",
                textOnly ? "must be text for this role." : "is not a kind of part that Groq knows."
            );
        }
        if (part.Type == ContentPartType.ImageUrl && !ImageAddress.IsValid(part.ImageUrl?.Url))
        {
            throw ChatRequestRules.Invalid($"messages[{i}].content[{j}].image_url.url", ImageAddress.Problem);
        }
        if (part.Type == ContentPartType.Document && part.Document is not { Data.ValueKind: JsonValueKind.Object })
        {
            throw ChatRequestRules.Invalid($"messages[{i}].content[{j}].document.data", "must be a JSON object.");
        }
    }

    private static void CheckToolCalls(IReadOnlyList<ToolCall>? calls, int i)
    {
        for (int j = 0; j < calls?.Count; j++)
        {
            string path = $"messages[{i}].tool_calls[{j}]";
            if (string.IsNullOrEmpty(calls[j]?.Id))
                throw ChatRequestRules.Invalid($"{path}.id", "is missing.");
            if (string.IsNullOrEmpty(calls[j].Function.Name))
                throw ChatRequestRules.Invalid($"{path}.function.name", "is missing.");
            if (calls[j].Function.Arguments is null)
                throw ChatRequestRules.Invalid($"{path}.function.arguments", "is missing.");
        }
    }
}
