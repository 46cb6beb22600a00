using GroqKit.Chat;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.AI.Chat;

/// <summary>
/// The pieces of one stream. Text and thinking are passed on at once; tool calls and citations at the end, whole; usage last and once. Of several
/// answers only the first can be passed on at once: whoever puts the pieces together begins a new message whenever their message changes. For one
/// stream and one reader.
/// </summary>
internal sealed class UpdateMapping
{
    private readonly HashSet<int> _reportedTools = [];
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
        bool isEmpty = true;
        foreach (ChatChunkChoice choice in chunk.Choices ?? [])
        {
            if (choice.Index != 0)
                continue;
            isEmpty = false;
            if (choice.Delta.Role is { Value: { } role })
                _role = new ChatRole(role);
            _finishReason = ResponseMapping.Map(choice.FinishReason) ?? _finishReason;
            yield return Update(0, Contents(choice), chunk);
        }
        if (isEmpty)
            yield return Update(0, [], chunk);
    }

    /// <summary>What could only be told at the end.</summary>
    public IEnumerable<ChatResponseUpdate> Finish(ChatCompletion answer)
    {
        int last = 0;
        foreach (ChatChoice choice in answer.Choices.OrderBy(choice => choice.Index))
        {
            last = choice.Index;
            List<AIContent> rest = last == 0 ? Rest(choice) : ResponseMapping.Contents(_responseId ?? "", choice);
            if (rest.Count > 0)
                yield return Update(last, rest, choice);
        }
        if (ResponseMapping.Map(answer.Usage) is { } usage)
            yield return Update(last, [new UsageContent(usage) { RawRepresentation = answer.Usage }], answer);
    }

    private List<AIContent> Contents(ChatChunkChoice choice)
    {
        var contents = new List<AIContent>();
        if (!string.IsNullOrEmpty(choice.Delta.Reasoning))
            contents.Add(new TextReasoningContent(choice.Delta.Reasoning));
        // A tool is reported twice, and only the second report says what came of it.
        foreach (ExecutedTool tool in choice.Delta.ExecutedTools ?? [])
        {
            if (ExecutedToolMapping.IsFinished(tool) && _reportedTools.Add(tool.Index))
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
            if (_reportedTools.Add(tool.Index))
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
