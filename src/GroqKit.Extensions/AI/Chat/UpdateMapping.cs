using GroqKit.Chat;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.AI.Chat;

/// <summary>
/// The pieces of one stream. Text and thinking are passed on at once; tool calls and citations at the end, whole; usage last and once. For
/// one stream and one reader.
/// </summary>
internal sealed class UpdateMapping
{
    private readonly HashSet<(int Choice, int Tool)> _reported = [];
    private string? _responseId;
    private string? _model;
    private DateTimeOffset? _createdAt;
    private ChatFinishReason? _finishReason;
    private ChatRole? _role;

    public IEnumerable<ChatResponseUpdate> Map(ChatChunk chunk)
    {
        _responseId ??= ResponseMapping.NullIfEmpty(chunk.Id);
        _model ??= ResponseMapping.NullIfEmpty(chunk.Model);
        _createdAt ??= ResponseMapping.CreatedAt(chunk.Created);
        if (chunk.Choices is not { Count: > 0 } choices)
        {
            yield return Update(0, [], chunk);
            yield break;
        }
        foreach (ChatChunkChoice choice in choices)
        {
            if (choice.Delta.Role is { Value: { } role })
                _role = new ChatRole(role);
            _finishReason = ResponseMapping.Map(choice.FinishReason) ?? _finishReason;
            yield return Update(choice.Index, Contents(choice), chunk);
        }
    }

    /// <summary>What could only be told at the end.</summary>
    public IEnumerable<ChatResponseUpdate> Finish(ChatCompletion answer)
    {
        foreach (ChatChoice choice in answer.Choices)
        {
            List<AIContent> rest = Rest(choice);
            if (rest.Count > 0)
                yield return Update(choice.Index, rest, choice);
        }
        if (ResponseMapping.Map(answer.Usage) is { } usage)
            yield return Update(0, [new UsageContent(usage) { RawRepresentation = answer.Usage }], answer);
    }

    private List<AIContent> Contents(ChatChunkChoice choice)
    {
        var contents = new List<AIContent>();
        if (!string.IsNullOrEmpty(choice.Delta.Reasoning))
            contents.Add(new TextReasoningContent(choice.Delta.Reasoning));
        // A tool is reported twice, and only the second report says what came of it.
        foreach (ExecutedTool tool in choice.Delta.ExecutedTools ?? [])
        {
            if (ExecutedToolMapping.IsFinished(tool) && _reported.Add((choice.Index, tool.Index)))
                contents.AddRange(ExecutedToolMapping.Map(tool, _responseId ?? ""));
        }
        if (!string.IsNullOrEmpty(choice.Delta.Content))
            contents.Add(new TextContent(choice.Delta.Content));
        return contents;
    }

    private List<AIContent> Rest(ChatChoice choice)
    {
        var contents = new List<AIContent>();
        foreach (ExecutedTool tool in choice.Message.ExecutedTools ?? [])
        {
            if (_reported.Add((choice.Index, tool.Index)))
                contents.AddRange(ExecutedToolMapping.Map(tool, _responseId ?? ""));
        }
        // The text has gone already: an empty one carries its citations.
        if (CitationMapping.Map(choice.Message.Annotations) is { } citations)
            contents.Add(new TextContent("") { Annotations = citations });
        contents.AddRange((choice.Message.ToolCalls ?? []).Select(CallMapping.FromGroq));
        return contents;
    }

    private ChatResponseUpdate Update(int choice, IList<AIContent> contents, object raw) =>
        new(_role ?? ChatRole.Assistant, contents)
        {
            ResponseId = _responseId,
            MessageId = ResponseMapping.MessageId(_responseId, choice),
            ModelId = _model,
            CreatedAt = _createdAt,
            FinishReason = _finishReason,
            RawRepresentation = raw,
        };
}
