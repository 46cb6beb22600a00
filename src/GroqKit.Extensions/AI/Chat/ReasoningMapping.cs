using GroqKit.Catalog;
using GroqKit.Chat;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.AI.Chat;

/// <summary>How much to think and whether to show it, in the words of the model's family.</summary>
internal static class ReasoningMapping
{
    private static readonly string[] Levels = ["none", "low", "medium", "high"];

    /// <summary>A model that is known not to think is asked for nothing.</summary>
    public static ChatRequest Apply(ChatRequest request, ReasoningOptions? options, CatalogModel? model)
    {
        if (options is null || model?.Supports(ModelCapability.Reasoning) == false)
            return request;
        request = request with { ReasoningEffort = Effort(options.Effort, model) };
        if (options.Output is not { } output)
            return request;
        bool isShown = output != ReasoningOutput.None;
        // GPT-OSS takes no format; it shows its thinking apart, or not at all.
        return IsGptOss(request.Model)
            ? request with
            {
                IncludeReasoning = isShown,
            }
            : request with
            {
                ReasoningFormat = isShown ? GroqReasoningFormat.Parsed : GroqReasoningFormat.Hidden,
            };
    }

    public static bool IsGptOss(string model) => model.Contains("gpt-oss", StringComparison.OrdinalIgnoreCase);

    private static GroqReasoningEffort? Effort(ReasoningEffort? effort, CatalogModel? model)
    {
        if (effort is not { } wanted)
            return null;
        int level = wanted switch
        {
            ReasoningEffort.None => 0,
            ReasoningEffort.Low => 1,
            ReasoningEffort.Medium => 2,
            _ => 3,
        };
        if (model?.ReasoningEfforts is not { } words)
            return new GroqReasoningEffort(Levels[level]);
        string[] known = [.. Levels.Where(words.Contains)];
        // A family that only thinks or does not has one word for every level of thinking.
        if (level > 0 && !known.Any(word => word != Levels[0]))
            return words.Contains(GroqReasoningEffort.Default.Value)
                ? GroqReasoningEffort.Default
                : default(GroqReasoningEffort?);
        string? nearest = known.MinBy(word => Math.Abs(Array.IndexOf(Levels, word) - level));
        return nearest is null ? default(GroqReasoningEffort?) : new GroqReasoningEffort(nearest);
    }
}
