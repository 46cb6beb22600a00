using GroqKit.Simulator.Chat.Requests;
using GroqKit.Simulator.Models;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.Chat.Answers;

/// <summary>
/// Decides which functions are called. <c>required</c> and a named function always lead to a call. With <c>auto</c> a function is
/// called when the last message is the user's and shares a telling word (four letters or more) with the function's name or
/// description; of several that match, the best one, or all of them where the model makes parallel calls.
/// </summary>
internal static class ToolDecision
{
    private const int CommonStem = 5;

    public static IReadOnlyList<ToolOffer> Decide(ChatRequest request, Model model)
    {
        ToolChoice choice = request.ToolChoice;
        if (choice.Forbids || !request.HasFunctions)
            return [];
        if (choice.Name is { } name)
            return [request.Tools.First(tool => tool.Name == name)];
        (ToolOffer Tool, int Score)[] scored = [.. Scored(request)];
        if (choice.Forces)
            return [scored.MaxBy(entry => entry.Score).Tool];
        if (request.Messages[^1].Role != "user")
            return [];
        ToolOffer[] wanted =
        [
            .. scored
                .Where(entry => entry.Score > 0)
                .OrderByDescending(entry => entry.Score)
                .Select(entry => entry.Tool),
        ];
        bool parallel = request.ParallelToolCalls && model.Can("parallel_tools") && !request.UsesFunctions;
        return parallel ? wanted : [.. wanted.Take(1)];
    }

    private static IEnumerable<(ToolOffer Tool, int Score)> Scored(ChatRequest request)
    {
        IReadOnlyList<string> asked = Words.Telling(request.Prompt);
        foreach (ToolOffer tool in request.Tools)
        {
            if (tool.Name is null)
                continue;
            int named = request.Prompt.Contains(tool.Name, StringComparison.OrdinalIgnoreCase) ? 100 : 0;
            IReadOnlyList<string> words = Words.Telling(
                $"{tool.Name.Replace('_', ' ').Replace('-', ' ')} {tool.Description}"
            );
            yield return (tool, named + asked.Count(word => words.Any(other => IsSame(word, other))));
        }
    }

    // "temperatures" asks for "temperature".
    private static bool IsSame(string left, string right) =>
        left == right
        || (
            Math.Min(left.Length, right.Length) >= CommonStem
            && (left.StartsWith(right, StringComparison.Ordinal) || right.StartsWith(left, StringComparison.Ordinal))
        );
}
