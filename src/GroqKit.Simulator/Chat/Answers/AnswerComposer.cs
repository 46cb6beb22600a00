using GroqKit.Simulator.Chat.Requests;
using GroqKit.Simulator.Chat.Schemas;
using GroqKit.Simulator.Chat.ServerTools;
using GroqKit.Simulator.Models;
using GroqKit.Simulator.Scenarios;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.Chat.Answers;

/// <summary>
/// Makes up an answer, or says the words of a scenario. The same request gets the same answer, whether it is streamed or not, today
/// or next year.
/// </summary>
internal sealed class AnswerComposer
{
    private readonly ChatRequest _request;
    private readonly ScriptedWords? _words;
    private readonly Model _model;
    private readonly int _promptTokens;
    private readonly int? _answerTokens;
    private readonly Dice _dice;
    private readonly ReasoningStyle _style;

    private AnswerComposer(ChatRequest request, Model model, int promptTokens, int? answerTokens)
    {
        _request = request;
        _words = request.Words;
        _model = model;
        _promptTokens = promptTokens;
        _answerTokens = answerTokens;
        _dice = new Dice(request.Hash);
        _style = ReasoningStyle.Of(request, model);
    }

    public static ChatAnswer Compose(ChatRequest request, Model model, int promptTokens, int? answerTokens) =>
        model.ScoresInjection && request.Words is null
            ? InjectionScore.Of(request, promptTokens)
            : new AnswerComposer(request, model, promptTokens, answerTokens).Compose();

    private ChatAnswer Compose()
    {
        string thoughts = Thoughts();
        int thoughtTokens = TokenRule.Count(thoughts);
        if (_request.MaxTokens is { } room && room < thoughtTokens)
            return CutWhileThinking(TokenRule.Take(thoughts, room), room);
        ToolRun run = ToolRun.Of(_request, _model);
        IReadOnlyList<ToolCall> calls = Calls();
        ChatAnswer answer = calls.Count > 0 ? Call(calls, thoughts, thoughtTokens) : Say(run, thoughts, thoughtTokens);
        return answer with { Run = run, FinishReason = _words?.FinishReason ?? answer.FinishReason };
    }

    private string Thoughts()
    {
        if (_words is not null)
            return _words.Reasoning ?? "";
        return _style.Sentences == 0 ? "" : Prose.Reasoning(_request.Prompt, _style.Sentences, _dice);
    }

    private ChatAnswer Say(ToolRun run, string thoughts, int thoughtTokens)
    {
        string content = Text(run);
        string finish = "stop";
        foreach (string stop in _request.Stop)
        {
            int at = stop.Length == 0 ? -1 : content.IndexOf(stop, StringComparison.Ordinal);
            if (at >= 0)
                content = content[..at];
        }

        if (_style.Place is "raw" && thoughts.Length > 0)
            content = $"<think>\n{thoughts}\n</think>\n\n{content}";
        // Thoughts inside the content are counted with it.
        int apart = _style.Place is "raw" ? 0 : thoughtTokens;
        if (_request.MaxTokens - apart is { } room && TokenRule.Count(content) > room)
        {
            content = TokenRule.Take(content, room);
            finish = "length";
        }

        return new ChatAnswer
        {
            Content = content,
            Reasoning = Shown(thoughts),
            FinishReason = finish,
            Tokens = new(_promptTokens, apart + TokenRule.Count(content), thoughtTokens),
        };
    }

    private string Text(ToolRun run)
    {
        if (_words is not null)
            return _words.Text ?? "";
        if (_model.Kind == "guard" && SafetyVerdict.Of(_request) is { } verdict)
            return verdict;
        if (_request.Format.Schema is { } schema)
            return SchemaSample.Json(schema, _request.Prompt, _dice);
        if (_request.Format.IsJson)
            return JsonObjectSample.Json(_request.Prompt, _dice);
        string[] results = [.. ToolResults(), .. run.Executed.Select(tool => tool.Output)];
        return results.Length > 0
            ? Prose.AfterTools(results, _answerTokens, _dice)
            : Prose.Answer(_request.Prompt, _request.Messages.Sum(message => message.Images), _answerTokens, _dice);
    }

    private IReadOnlyList<ToolCall> Calls()
    {
        if (_words is not null)
            return [.. _words.Calls.Select(call => new ToolCall(call.Id ?? CallId(), call.Name, call.Arguments))];
        return
        [
            .. ToolDecision
                .Decide(_request, _model)
                .Select(tool => new ToolCall(
                    CallId(),
                    tool.Name!,
                    tool.Parameters is { } schema ? SchemaSample.Json(schema, _request.Prompt, _dice) : "{}"
                )),
        ];
    }

    private string CallId() => _model.IsGptOss ? $"fc_{Identifiers.Uuid(_dice)}" : Identifiers.Nine(_dice);

    private ChatAnswer Call(IReadOnlyList<ToolCall> calls, string thoughts, int thoughtTokens)
    {
        int callTokens = calls.Sum(call => TokenRule.Count(call.Name) + TokenRule.Count(call.Arguments));
        return new ChatAnswer
        {
            Content = _words?.Text,
            Reasoning = Shown(thoughts),
            Calls = calls,
            FinishReason = _request.UsesFunctions ? "function_call" : "tool_calls",
            Tokens = new(
                _promptTokens,
                thoughtTokens + callTokens + TokenRule.Count(_words?.Text ?? ""),
                thoughtTokens
            ),
        };
    }

    private ChatAnswer CutWhileThinking(string thoughts, int tokens) =>
        new()
        {
            Content = _style.Place is "raw" ? $"<think>\n{thoughts}" : "",
            Reasoning = Shown(thoughts),
            FinishReason = "length",
            Tokens = new(_promptTokens, tokens, tokens),
        };

    private string? Shown(string thoughts) => _style.Place is "parsed" && thoughts.Length > 0 ? thoughts : null;

    /// <summary>What tools returned since the last message that is not a result.</summary>
    private string[] ToolResults() =>
        [
            .. _request
                .Messages.Reverse()
                .TakeWhile(message => message.IsToolResult)
                .Reverse()
                .Select(message => message.Text),
        ];
}
