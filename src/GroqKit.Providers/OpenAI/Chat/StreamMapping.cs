using System.Text;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.OpenAI.Chat;

/// <summary>
/// The pieces of one stream. Text and thinking are passed on at once; tool calls at the end, whole; usage last and once. For one stream and
/// one reader.
/// </summary>
internal sealed class StreamMapping
{
    private readonly SortedDictionary<(int Choice, int Tool), PartialCall> _calls = [];
    private string? _responseId;
    private string? _model;
    private DateTimeOffset? _createdAt;
    private ChatFinishReason? _finishReason;
    private ChatRole _role = ChatRole.Assistant;
    private UsageAnswer? _usage;

    /// <summary>Whether the model has said that it is done.</summary>
    public bool IsFinished => _finishReason is not null;

    public ChatResponseUpdate Map(ChatAnswer piece, ChoiceAnswer choice)
    {
        if (!string.IsNullOrEmpty(choice.Delta?.Role))
            _role = AnswerMapping.Role(choice.Delta.Role);
        _finishReason = AnswerMapping.Reason(choice.FinishReason) ?? _finishReason;
        foreach (ToolCallAnswer call in choice.Delta?.ToolCalls ?? [])
            Gather(choice.Index, call);
        return Update(choice.Index, Contents(choice.Delta), piece);
    }

    /// <summary>What a piece says about the whole stream.</summary>
    public void Note(ChatAnswer piece)
    {
        _responseId ??= AnswerMapping.NullIfEmpty(piece.Id);
        _model ??= AnswerMapping.NullIfEmpty(piece.Model);
        _createdAt ??= AnswerMapping.CreatedAt(piece.Created);
        // Some servers report a running count; the last is the whole.
        _usage = piece.Usage ?? _usage;
    }

    public ChatResponseUpdate Empty(ChatAnswer piece) => Update(0, [], piece);

    /// <summary>What could only be told at the end.</summary>
    public IEnumerable<ChatResponseUpdate> Finish()
    {
        foreach (
            IGrouping<int, KeyValuePair<(int Choice, int Tool), PartialCall>> calls in _calls.GroupBy(call =>
                call.Key.Choice
            )
        )
            yield return Update(calls.Key, [.. calls.Select(call => AnswerMapping.Call(call.Value.Complete()))], null);
        if (AnswerMapping.Map(_usage) is { } usage)
            yield return Update(0, [new UsageContent(usage) { RawRepresentation = _usage }], null);
    }

    private static List<AIContent> Contents(MessageAnswer? delta)
    {
        var contents = new List<AIContent>(1);
        if (delta is null)
            return contents;
        if (AnswerMapping.NullIfEmpty(delta.Reasoning ?? delta.ReasoningContent) is { } thinking)
            contents.Add(new TextReasoningContent(thinking));
        if (!string.IsNullOrEmpty(delta.Content))
            contents.Add(new TextContent(delta.Content));
        if (!string.IsNullOrEmpty(delta.Refusal))
            contents.Add(AnswerMapping.Refusal(delta.Refusal));
        return contents;
    }

    private void Gather(int choice, ToolCallAnswer piece)
    {
        // Servers that send whole calls leave the index out.
        int index = piece.Index ?? _calls.Keys.Count(key => key.Choice == choice);
        if (!_calls.TryGetValue((choice, index), out PartialCall? call))
            _calls.Add((choice, index), call = new PartialCall());
        call.Add(piece);
    }

    private ChatResponseUpdate Update(int choice, IList<AIContent> contents, object? raw) =>
        new(_role, contents)
        {
            ResponseId = _responseId,
            MessageId = AnswerMapping.MessageId(_responseId, choice),
            ModelId = _model,
            CreatedAt = _createdAt,
            FinishReason = _finishReason,
            RawRepresentation = raw,
        };

    private sealed class PartialCall
    {
        private readonly StringBuilder _arguments = new();
        private string? _id;
        private string? _name;

        public void Add(ToolCallAnswer piece)
        {
            _id ??= AnswerMapping.NullIfEmpty(piece.Id);
            _name ??= AnswerMapping.NullIfEmpty(piece.Function?.Name);
            _arguments.Append(piece.Function?.Arguments);
        }

        public ToolCallAnswer Complete() => new(null, _id, new FunctionAnswer(_name, _arguments.ToString()));
    }
}
