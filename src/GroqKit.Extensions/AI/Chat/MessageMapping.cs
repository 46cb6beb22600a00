using GroqKit.Chat;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.AI.Chat;

/// <summary>Messages. Author names are left out: Groq documents them as refused.</summary>
internal static class MessageMapping
{
    /// <summary>Adds the messages to those that are there.</summary>
    /// <exception cref="NotSupportedException">A content has no place where it stands, and would be lost.</exception>
    public static void Map(IEnumerable<ChatMessage> messages, string model, List<GroqChatMessage> to)
    {
        IList<ChatMessage> list = messages as IList<ChatMessage> ?? [.. messages];
        to.EnsureCapacity(to.Count + list.Count);
        // By their numbers: an enumerator would cost more than most messages.
        for (int index = 0; index < list.Count; index++)
        {
            if (list[index] is not { } message)
                throw new ArgumentException($"messages[{index}] is null.", nameof(messages));
            Map(message, index, model, to);
        }
    }

    private static void Map(ChatMessage message, int index, string model, List<GroqChatMessage> to)
    {
        // What nearly every message is.
        if (message.Contents is [TextContent { RawRepresentation: not ContentPart } only])
            to.Add(new GroqChatMessage { Role = message.Role.Value, Content = only.Text });
        else
            MapContents(message, index, model, to);
    }

    private static void MapContents(ChatMessage message, int index, string model, List<GroqChatMessage> to)
    {
        var results = new List<GroqChatMessage>();
        var parts = new List<ContentPart>();
        var calls = new List<ToolCall>();
        string? reasoning = null;
        for (int i = 0; i < message.Contents.Count; i++)
        {
            var at = new ContentPlace(index, i);
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
            to.Add(Assistant(parts, calls, reasoning, index, model));
        to.AddRange(results);
        // A message that brings nothing but results is those results.
        if (message.Role != ChatRole.Assistant && (results.Count == 0 || parts.Count > 0))
            to.Add(new GroqChatMessage { Role = message.Role.Value, Content = Content(parts) });
    }

    private static GroqChatMessage Assistant(
        List<ContentPart> parts,
        List<ToolCall> calls,
        string? reasoning,
        int index,
        string model
    )
    {
        if (parts.Exists(part => part.Type != ContentPartType.Text))
        {
            throw new NotSupportedException(
                $"messages[{index}]: an assistant's message holds text and tool calls only."
            );
        }
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
