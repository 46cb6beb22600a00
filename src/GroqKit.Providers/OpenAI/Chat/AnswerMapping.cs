using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.OpenAI.Chat;

/// <summary>Answers as the ecosystem's objects: one message per choice, in the order of their index.</summary>
internal static class AnswerMapping
{
    private static readonly JsonTypeInfo<IDictionary<string, object?>> Arguments =
        (JsonTypeInfo<IDictionary<string, object?>>)
            AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(IDictionary<string, object?>));

    public static ChatResponse Map(ChatAnswer answer) =>
        new([.. (answer.Choices ?? []).OrderBy(choice => choice.Index).Select(choice => Map(answer, choice))])
        {
            ResponseId = NullIfEmpty(answer.Id),
            ModelId = NullIfEmpty(answer.Model),
            CreatedAt = CreatedAt(answer.Created),
            FinishReason = Reason(answer.Choices is { Count: > 0 } choices ? choices[0].FinishReason : null),
            Usage = Map(answer.Usage),
            RawRepresentation = answer,
        };

    /// <summary>Several answers of one response are told apart by their message's id.</summary>
    public static string? MessageId(string? responseId, int choice) =>
        choice == 0 || responseId is null ? responseId : $"{responseId}-{choice}";

    public static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    public static DateTimeOffset? CreatedAt(double? seconds) =>
        seconds is > 0 and < 253402300800 ? DateTimeOffset.FromUnixTimeSeconds((long)seconds) : null;

    public static ChatFinishReason? Reason(string? word) =>
        string.IsNullOrEmpty(word) ? null : new ChatFinishReason(word);

    public static UsageDetails? Map(UsageAnswer? usage)
    {
        if (usage is null)
            return null;
        var details = new UsageDetails
        {
            InputTokenCount = usage.PromptTokens,
            OutputTokenCount = usage.CompletionTokens,
            TotalTokenCount = usage.TotalTokens ?? usage.PromptTokens + usage.CompletionTokens,
            CachedInputTokenCount = usage.PromptTokensDetails?.CachedTokens,
            ReasoningTokenCount = usage.CompletionTokensDetails?.ReasoningTokens,
        };
        if (usage.PromptTokensDetails?.CacheWriteTokens is > 0 and { } written)
            details.AdditionalCounts = new() { [UsageCounts.CacheWriteTokens] = written };
        return details;
    }

    public static AIContent Refusal(string text) => new ErrorContent(text) { ErrorCode = "Refusal" };

    /// <summary>Never throws: what cannot be read is told by the content's exception.</summary>
    public static FunctionCallContent Call(ToolCallAnswer call)
    {
        FunctionCallContent content = FunctionCallContent.CreateFromParsedArguments(
            call.Function?.Arguments ?? "",
            call.Id ?? "",
            call.Function?.Name ?? "",
            // Models write nothing at all for a function without parameters.
            static text =>
                string.IsNullOrWhiteSpace(text)
                    ? new Dictionary<string, object?>()
                    : JsonSerializer.Deserialize(text, Arguments)
        );
        content.RawRepresentation = call;
        return content;
    }

    private static ChatMessage Map(ChatAnswer answer, ChoiceAnswer choice) =>
        new(Role(choice.Message?.Role), Contents(choice.Message))
        {
            MessageId = MessageId(NullIfEmpty(answer.Id), choice.Index),
            CreatedAt = CreatedAt(answer.Created),
            RawRepresentation = choice.Message,
        };

    public static ChatRole Role(string? word) =>
        string.IsNullOrEmpty(word) || word == "assistant" ? ChatRole.Assistant : new ChatRole(word);

    private static List<AIContent> Contents(MessageAnswer? message)
    {
        var contents = new List<AIContent>();
        if (message is null)
            return contents;
        if (NullIfEmpty(message.Reasoning ?? message.ReasoningContent) is { } thinking)
            contents.Add(new TextReasoningContent(thinking));
        if (!string.IsNullOrEmpty(message.Content))
            contents.Add(new TextContent(message.Content) { Annotations = Citations(message.Annotations) });
        if (!string.IsNullOrEmpty(message.Refusal))
            contents.Add(Refusal(message.Refusal));
        contents.AddRange((message.ToolCalls ?? []).Select(Call));
        return contents;
    }

    private static List<AIAnnotation>? Citations(IReadOnlyList<AnnotationAnswer>? notes)
    {
        if (notes is not { Count: > 0 })
            return null;
        var citations = new List<AIAnnotation>();
        foreach (AnnotationAnswer note in notes)
        {
            if (note.UrlCitation is not { } page)
                continue;
            citations.Add(
                new CitationAnnotation
                {
                    Title = page.Title,
                    Url = Uri.TryCreate(page.Url, UriKind.Absolute, out Uri? address) ? address : null,
                    AnnotatedRegions =
                    [
                        new TextSpanAnnotatedRegion { StartIndex = page.StartIndex, EndIndex = page.EndIndex },
                    ],
                    RawRepresentation = note,
                }
            );
        }
        return citations.Count > 0 ? citations : null;
    }
}
