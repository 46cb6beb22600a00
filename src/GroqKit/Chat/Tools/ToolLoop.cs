namespace GroqKit.Chat;

/// <summary>What a run of tools knows between its turns: which question comes next, and when to stop. For one run, one turn at a time.</summary>
internal sealed class ToolLoop
{
    private readonly ChatRequest _request;
    private readonly ToolRunOptions _options;
    private readonly HashSet<string> _callerTools;
    private readonly List<ChatMessage> _messages;
    private readonly List<ToolStep> _steps = [];
    private readonly Dictionary<string, int> _turnsByCall = [];

    /// <exception cref="GroqValidationException">The run cannot succeed.</exception>
    public ToolLoop(ChatRequest request, IReadOnlyList<Tool> tools, ToolRunOptions options)
    {
        ToolRunRules.Check(request, tools);
        options.Check();
        _options = options;
        _messages = [.. request.Messages];
        _callerTools = [.. request.Tools?.Select(tool => tool?.Function?.Name).OfType<string>() ?? []];
        _request = request with { Tools = [.. request.Tools ?? [], .. tools.Select(tool => tool.Definition)] };
    }

    /// <summary>The turn that is under way, from 1.</summary>
    public int Step => _steps.Count + 1;

    /// <summary>The calls of the answer that came last.</summary>
    public IReadOnlyList<ToolCall> Calls { get; private set; } = [];

    private ChatCompletion Completion { get; set; } = null!;

    /// <summary>The question of the turn that is under way.</summary>
    public ChatRequest NextRequest()
    {
        // Whoever must call a tool again and again never answers.
        bool isForced =
            _request.ToolChoice is { } choice && (choice.FunctionName is not null || choice == ToolChoice.Required);
        return _request with
        {
            Messages = [.. _messages],
            ToolChoice = isForced && Step > 1 ? null : _request.ToolChoice,
        };
    }

    /// <summary>Takes the answer of the turn. Null: its calls are to be run.</summary>
    public ToolRunEnding? Take(ChatCompletion completion)
    {
        Completion = completion;
        // The list decides, not the finish reason: after remote tools the reason may claim calls that are not there.
        Calls = [.. (completion.Message?.ToolCalls ?? []).Select(Identified)];
        if (Calls.Count == 0)
            return ToolRunEnding.Answered;
        if (Calls.Any(call => _callerTools.Contains(call.Function.Name)))
            return ToolRunEnding.CallerTool;
        if (CountIdentical() > _options.MaxIdenticalCalls)
            return ToolRunEnding.RepeatedCalls;
        return Step == _options.MaxSteps ? ToolRunEnding.StepLimit : null;
    }

    /// <summary>Ends the turn.</summary>
    /// <param name="results">The results of its calls, in their order; empty when they were not run.</param>
    /// <param name="cancellationToken">Passed on to the caller's code.</param>
    public async ValueTask EndStepAsync(IReadOnlyList<ToolResult> results, CancellationToken cancellationToken)
    {
        var step = new ToolStep(Step, Completion, results);
        if (results.Count == Calls.Count)
        {
            if (Completion.Message is { } message)
                _messages.Add(
                    message.ToMessage(_options.IncludeReasoning) with
                    {
                        ToolCalls = Calls.Count > 0 ? Calls : null,
                    }
                );
            foreach (ToolResult result in results)
                _messages.Add(ChatMessage.Tool(result.Call.Id, result.Content));
        }
        _steps.Add(step);
        if (_options.OnStep is { } tell)
            await tell(step, cancellationToken).ConfigureAwait(false);
    }

    public ToolRun Build(ToolRunEnding ending) =>
        new()
        {
            Ending = ending,
            Completion = Completion,
            Steps = [.. _steps],
            Messages = [.. _messages],
            NewMessages = [.. _messages.Skip(_request.Messages.Count)],
            Pending = Calls,
            Usage = UsageTotal.Of(_steps.Select(step => step.Completion.Usage)),
        };

    // Without an id a result could not be given back.
    private ToolCall Identified(ToolCall call, int index) =>
        call.ForRequest() is { Id.Length: > 0 } known ? known : call.ForRequest() with { Id = $"call_{Step}_{index}" };

    /// <summary>In how many turns the most frequent of the calls has occurred.</summary>
    private int CountIdentical()
    {
        int most = 0;
        foreach (string call in Calls.Select(CallFingerprint.Of).Distinct(StringComparer.Ordinal))
        {
            int turns = _turnsByCall.GetValueOrDefault(call) + 1;
            _turnsByCall[call] = turns;
            most = Math.Max(most, turns);
        }
        return most;
    }
}
