using GroqKit.Chat;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.AI.Chat;

/// <summary>A whole answer: one message per choice, in the order of their index.</summary>
internal static class ResponseMapping
{
    public static ChatResponse Map(ChatCompletion answer) =>
        new(Messages(answer))
        {
            ResponseId = NullIfEmpty(answer.Id),
            ModelId = NullIfEmpty(answer.Model),
            CreatedAt = CreatedAt(answer.Created),
            FinishReason = Map(answer.FinishReason),
            Usage = Map(answer.Usage),
            RawRepresentation = answer,
        };

    /// <summary>Several answers of one response are told apart by their message's id.</summary>
    public static string? MessageId(string? responseId, int choice) =>
        choice == 0 || responseId is null ? responseId : $"{responseId}-{choice}";

    public static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    public static DateTimeOffset? CreatedAt(long seconds) =>
        seconds > 0 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    public static ChatFinishReason? Map(FinishReason? reason) =>
        reason is { Value: { Length: > 0 } word } ? new ChatFinishReason(word) : null;

    public static UsageDetails? Map(ChatUsage? usage) =>
        usage is null
            ? null
            : new UsageDetails
            {
                InputTokenCount = usage.PromptTokens,
                OutputTokenCount = usage.CompletionTokens,
                TotalTokenCount = usage.TotalTokens,
                CachedInputTokenCount = usage.PromptTokensDetails?.CachedTokens,
                ReasoningTokenCount = usage.CompletionTokensDetails?.ReasoningTokens,
            };

    /// <summary>Thinking, tools that ran, text, and calls, in that order.</summary>
    public static List<AIContent> Contents(string id, ChatChoice choice)
    {
        AssistantMessage message = choice.Message;
        // Nearly always one: a text, or a call.
        var contents = new List<AIContent>(1);
        if (!string.IsNullOrEmpty(message.Reasoning))
            contents.Add(new TextReasoningContent(message.Reasoning));
        if (message.ExecutedTools is { Count: > 0 } tools)
            contents.AddRange(tools.SelectMany(tool => ExecutedToolMapping.Map(tool, id)));
        if (!string.IsNullOrEmpty(message.Content))
            contents.Add(new TextContent(message.Content) { Annotations = CitationMapping.Map(message.Annotations) });
        if (message.ToolCalls is { Count: > 0 } calls)
            contents.AddRange(calls.Select(CallMapping.FromGroq));
        return contents;
    }

    private static List<ChatMessage> Messages(ChatCompletion answer) =>
        answer.Choices is [var only]
            ? new(1) { Map(answer, only) }
            : [.. (answer.Choices ?? []).OrderBy(choice => choice.Index).Select(choice => Map(answer, choice))];

    private static ChatMessage Map(ChatCompletion answer, ChatChoice choice) =>
        new(new ChatRole(choice.Message.Role.Value), Contents(answer.Id, choice))
        {
            MessageId = MessageId(NullIfEmpty(answer.Id), choice.Index),
            CreatedAt = CreatedAt(answer.Created),
            RawRepresentation = choice.Message,
        };
}
