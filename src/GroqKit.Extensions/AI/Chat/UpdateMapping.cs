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

    public ChatResponseUpdate Map(ChatChunk chunk)
    {
        _responseId ??= ResponseMapping.NullIfEmpty(chunk.Id);
        _model ??= ResponseMapping.NullIfEmpty(chunk.Model);
        _createdAt ??= ResponseMapping.CreatedAt(chunk.Created);
        List<AIContent>? contents = null;
        // By their numbers: this runs for every word, and an enumerator would be made for each.
        for (int i = 0; i < chunk.Choices?.Count; i++)
        {
            ChatChunkChoice choice = chunk.Choices[i];
            if (choice.Index != 0)
                continue;
            if (choice.Delta.Role is { Value: { } role })
                _role = new ChatRole(role);
            _finishReason = ResponseMapping.Map(choice.FinishReason) ?? _finishReason;
            AddContents(choice.Delta, contents ??= new(1));
        }
        return Update(0, contents ?? [], chunk);
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

    private void AddContents(ChatDelta delta, List<AIContent> contents)
    {
        if (!string.IsNullOrEmpty(delta.Reasoning))
            contents.Add(new TextReasoningContent(delta.Reasoning));
        if (delta.ExecutedTools is { Count: > 0 } tools)
            AddFinished(tools, contents);
        if (!string.IsNullOrEmpty(delta.Content))
            contents.Add(new TextContent(delta.Content));
    }

    // A tool is reported twice, and only the second report says what came of it.
    private void AddFinished(IReadOnlyList<ExecutedTool> tools, List<AIContent> contents)
    {
        foreach (ExecutedTool tool in tools)
        {
            if (ExecutedToolMapping.IsFinished(tool) && _reportedTools.Add(tool.Index))
                contents.AddRange(ExecutedToolMapping.Map(tool, _responseId ?? ""));
        }
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
