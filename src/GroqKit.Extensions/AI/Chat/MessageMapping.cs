using GroqKit.Chat;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.AI.Chat;

/// <summary>Messages. Author names are left out: Groq documents them as refused.</summary>
internal sealed class MessageMapping(string model)
{
    /// <exception cref="NotSupportedException">A content has no place where it stands, and would be lost.</exception>
    public IEnumerable<GroqChatMessage> Map(IEnumerable<ChatMessage> messages)
    {
        int index = 0;
        foreach (ChatMessage message in messages)
        {
            if (message is null)
                throw new ArgumentException($"messages[{index}] is null.", nameof(messages));
            foreach (GroqChatMessage mapped in Map(message, $"messages[{index}]"))
                yield return mapped;
            index++;
        }
    }

    private List<GroqChatMessage> Map(ChatMessage message, string path)
    {
        var results = new List<GroqChatMessage>();
        var parts = new List<ContentPart>();
        var calls = new List<ToolCall>();
        string? reasoning = null;
        for (int i = 0; i < message.Contents.Count; i++)
        {
            string at = $"{path}.contents[{i}]";
            switch (message.Contents[i])
            {
                case FunctionResultContent result:
                    results.Add(GroqChatMessage.Tool(result.CallId, ResultMapping.Map(result, at)));
                    break;
                case FunctionCallContent call when message.Role == ChatRole.Assistant:
                    if (!call.InformationalOnly)
                        calls.Add(CallMapping.ToGroq(call));
                    break;
                case TextReasoningContent thinking:
                    reasoning += thinking.Text;
                    break;
                case { } content when ContentMapping.Map(content, at) is { } part:
                    parts.Add(part);
                    break;
            }
        }
        if (message.Role == ChatRole.Assistant)
            return [Assistant(parts, calls, reasoning, path), .. results];
        // A message that brings nothing but results is those results.
        return results.Count > 0 && parts.Count == 0
            ? results
            : [.. results, new GroqChatMessage { Role = message.Role.Value, Content = Content(parts) }];
    }

    private GroqChatMessage Assistant(List<ContentPart> parts, List<ToolCall> calls, string? reasoning, string path)
    {
        if (parts.Exists(part => part.Type != ContentPartType.Text))
            throw new NotSupportedException($"{path}: an assistant's message holds text and tool calls only.");
        return new GroqChatMessage
        {
            Role = GroqRole.Assistant,
            Content =
                parts.Count == 0 && calls.Count > 0
                    ? null
                    : (MessageContent?)string.Concat(parts.Select(part => part.Text)),
            ToolCalls = calls.Count > 0 ? calls : null,
            // GPT-OSS goes on with the thoughts that led to its calls; old thoughts otherwise only cost tokens.
            Reasoning = calls.Count > 0 && ReasoningMapping.IsGptOss(model) ? reasoning : null,
        };
    }

    internal static MessageContent Content(IReadOnlyList<ContentPart> parts) =>
        parts switch
        {
            [] => "",
            [{ Text: { } text }] => text,
            _ => new MessageContent(parts),
        };
}
