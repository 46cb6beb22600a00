using System.Text;
using System.Text.Json;

namespace GroqKit.Chat;

/// <summary>Builds one answer of a completion from its pieces.</summary>
internal sealed class ChoiceAccumulator(int index)
{
    private StringBuilder? _content;
    private StringBuilder? _reasoning;
    private ChatRole? _role;
    private List<ToolCallAccumulator>? _toolCalls;
    private ToolCallAccumulator? _functionCall;
    private List<ExecutedTool>? _executedTools;
    private List<Annotation>? _annotations;
    private List<TokenLogprob>? _logprobs;
    private Dictionary<string, JsonElement>? _others;
    private Dictionary<string, JsonElement>? _choiceOthers;

    public int Index => index;

    public FinishReason? FinishReason { get; private set; }

    public void Add(ChatChunkChoice piece)
    {
        ChatDelta delta = piece.Delta;
        if (delta.Content is { } content)
            (_content ??= new StringBuilder()).Append(content);
        if (delta.Reasoning is { } reasoning)
            (_reasoning ??= new StringBuilder()).Append(reasoning);
        if (delta.Role is not null)
            _role = delta.Role;
        if (piece.FinishReason is not null)
            FinishReason = piece.FinishReason;
        AddRare(delta);
        if (piece.Logprobs?.Content is { } logprobs)
            (_logprobs ??= []).AddRange(logprobs);
        if (piece.AdditionalProperties is { } others)
            ChatAccumulator.Merge(ref _choiceOthers, others);
    }

    public ChatChoice Build() =>
        new()
        {
            Index = index,
            FinishReason = FinishReason,
            Logprobs = _logprobs is null ? null : new ChatLogprobs { Content = [.. _logprobs] },
            Message = BuildMessage(),
            AdditionalProperties = _choiceOthers,
        };

    private AssistantMessage BuildMessage() =>
        new()
        {
            Role = _role ?? ChatRole.Assistant,
            // A stream of calls begins with an empty text; a whole answer has none there.
            Content =
                _content is { Length: 0 } && (_toolCalls ?? (object?)_functionCall) is not null
                    ? null
                    : _content?.ToString(),
            Reasoning = _reasoning?.ToString(),
            ToolCalls = _toolCalls is null
                ? null
                : [.. _toolCalls.OrderBy(call => call.Index).Select(call => call.Build())],
            FunctionCall = _functionCall?.Build().Function,
            ExecutedTools = _executedTools is null ? null : [.. _executedTools.OrderBy(tool => tool.Index)],
            Annotations = _annotations is null ? null : [.. _annotations],
            AdditionalProperties = _others,
        };

    private void AddRare(ChatDelta delta)
    {
        for (int i = 0; i < delta.ToolCalls?.Count; i++)
        {
            ToolCallDelta part = delta.ToolCalls[i];
            ToolCallAccumulator? call = _toolCalls?.Find(known => known.Index == part.Index);
            if (call is null)
                (_toolCalls ??= []).Add(call = new ToolCallAccumulator(part.Index));
            call.Add(part);
        }
        if (delta.FunctionCall is { } function)
            (_functionCall ??= new ToolCallAccumulator(0)).Add(function);
        for (int i = 0; i < delta.ExecutedTools?.Count; i++)
            Add(delta.ExecutedTools[i]);
        if (delta.Annotations is { } annotations)
            (_annotations ??= []).AddRange(annotations);
        if (delta.AdditionalProperties is { } others)
            ChatAccumulator.Merge(ref _others, others);
    }

    // The second report of a tool completes the first, and may name another type.
    private void Add(ExecutedTool tool)
    {
        _executedTools ??= [];
        int at = _executedTools.FindIndex(known => known.Index == tool.Index);
        if (at < 0)
        {
            _executedTools.Add(tool);
            return;
        }
        ExecutedTool before = _executedTools[at];
        _executedTools[at] = tool with
        {
            Type = tool.Type ?? before.Type,
            Name = tool.Name ?? before.Name,
            Arguments = tool.Arguments ?? before.Arguments,
            Output = tool.Output ?? before.Output,
            SearchResults = tool.SearchResults ?? before.SearchResults,
            CodeResults = tool.CodeResults ?? before.CodeResults,
            BrowserResults = tool.BrowserResults ?? before.BrowserResults,
            AdditionalProperties = tool.AdditionalProperties ?? before.AdditionalProperties,
        };
    }
}
