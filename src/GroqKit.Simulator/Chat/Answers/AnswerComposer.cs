using GroqKit.Simulator.Chat.Requests;
using GroqKit.Simulator.Chat.Schemas;
using GroqKit.Simulator.Models;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.Chat.Answers;

/// <summary>Makes up an answer. The same request gets the same answer, whether it is streamed or not, today or next year.</summary>
internal static class AnswerComposer
{
    public static ChatAnswer Compose(ChatRequest request, Model model, int promptTokens, int? answerTokens)
    {
        var dice = new Dice(request.Hash);
        if (model.ScoresInjection)
            return Score(request, promptTokens);
        ReasoningStyle style = ReasoningStyle.Of(request, model);
        string thoughts = style.Sentences == 0 ? "" : Prose.Reasoning(request.Prompt, style.Sentences, dice);
        int? room = request.MaxTokens;
        int thoughtTokens = TokenRule.Count(thoughts);
        if (room < thoughtTokens)
            return CutWhileThinking(TokenRule.Take(thoughts, room.Value), style, promptTokens, room.Value);
        IReadOnlyList<ToolOffer> wanted = ToolDecision.Decide(request, model);
        return wanted.Count > 0
            ? Call(request, model, wanted, dice, Shown(thoughts, style), thoughtTokens, promptTokens)
            : Say(request, style, thoughts, thoughtTokens, promptTokens, answerTokens, dice);
    }

    private static ChatAnswer Say(
        ChatRequest request,
        ReasoningStyle style,
        string thoughts,
        int thoughtTokens,
        int promptTokens,
        int? answerTokens,
        Dice dice
    )
    {
        string content = Text(request, answerTokens, dice);
        string finish = "stop";
        foreach (string stop in request.Stop)
        {
            int at = stop.Length == 0 ? -1 : content.IndexOf(stop, StringComparison.Ordinal);
            if (at >= 0)
                content = content[..at];
        }

        if (style is { Place: "raw", Sentences: > 0 })
            content = $"<think>\n{thoughts}\n</think>\n\n{content}";
        // Thoughts inside the content are counted with it.
        int apart = style.Place is "raw" ? 0 : thoughtTokens;
        if (request.MaxTokens - apart is { } room && TokenRule.Count(content) > room)
        {
            content = TokenRule.Take(content, room);
            finish = "length";
        }

        return new ChatAnswer
        {
            Content = content,
            Reasoning = Shown(thoughts, style),
            FinishReason = finish,
            Tokens = new(promptTokens, apart + TokenRule.Count(content), thoughtTokens),
        };
    }

    private static string Text(ChatRequest request, int? answerTokens, Dice dice)
    {
        string[] results = ToolResults(request);
        if (request.Format.Schema is { } schema)
            return SchemaSample.Json(schema, request.Prompt, dice);
        if (request.Format.IsJson)
            return JsonObjectSample.Json(request.Prompt, dice);
        return results.Length > 0
            ? Prose.AfterTools(results, answerTokens, dice)
            : Prose.Answer(request.Prompt, request.Messages.Sum(message => message.Images), answerTokens, dice);
    }

    private static ChatAnswer Call(
        ChatRequest request,
        Model model,
        IReadOnlyList<ToolOffer> tools,
        Dice dice,
        string? reasoning,
        int thoughtTokens,
        int promptTokens
    )
    {
        ToolCall[] calls =
        [
            .. tools.Select(tool => new ToolCall(
                model.IsGptOss ? $"fc_{Identifiers.Uuid(dice)}" : Identifiers.Nine(dice),
                tool.Name!,
                tool.Parameters is { } schema ? SchemaSample.Json(schema, request.Prompt, dice) : "{}"
            )),
        ];
        int callTokens = calls.Sum(call => TokenRule.Count(call.Name) + TokenRule.Count(call.Arguments));
        return new ChatAnswer
        {
            Reasoning = reasoning,
            Calls = calls,
            FinishReason = request.UsesFunctions ? "function_call" : "tool_calls",
            Tokens = new(promptTokens, thoughtTokens + callTokens, thoughtTokens),
        };
    }

    private static ChatAnswer CutWhileThinking(string thoughts, ReasoningStyle style, int promptTokens, int tokens) =>
        new()
        {
            Content = style.Place is "raw" ? $"<think>\n{thoughts}" : "",
            Reasoning = Shown(thoughts, style),
            FinishReason = "length",
            Tokens = new(promptTokens, tokens, tokens),
        };

    /// <summary>A guard model answers with a probability; its completion is counted as nothing, as recorded from the real one.</summary>
    private static ChatAnswer Score(ChatRequest request, int promptTokens)
    {
        string[] signs = ["ignore", "instructions", "system prompt", "jailbreak", "pretend", "disregard"];
        int found = signs.Count(sign => request.Prompt.Contains(sign, StringComparison.OrdinalIgnoreCase));
        double score = found == 0 ? 0.0004 : Math.Min(0.9998, 0.6 + 0.2 * found);
        return new ChatAnswer
        {
            Content = score.ToString("0.0000"),
            FinishReason = "stop",
            Tokens = new(promptTokens, 0, 0),
        };
    }

    private static string? Shown(string thoughts, ReasoningStyle style) =>
        style.Place is "parsed" && thoughts.Length > 0 ? thoughts : null;

    /// <summary>What tools returned since the last message that is not a result.</summary>
    private static string[] ToolResults(ChatRequest request) =>
        [
            .. request
                .Messages.Reverse()
                .TakeWhile(message => message.IsToolResult)
                .Reverse()
                .Select(message => message.Text),
        ];
}
