using Microsoft.Extensions.AI;

namespace GroqKit.Providers.OpenAI.Chat;

/// <summary>The effort to ask a model for.</summary>
internal static class Effort
{
    public const string None = "none";

    private static readonly string[] Levels = ["none", "minimal", "low", "medium", "high", "xhigh", "max"];

    /// <summary>The word for the effort; null when the field is left out.</summary>
    /// <exception cref="NotSupportedException">The model takes no tools on chat completions.</exception>
    public static string? Choose(ReasoningEffort? wanted, bool hasTools, string model, ModelRules? rules)
    {
        if (hasTools && rules?.Tools == ToolRule.Never)
        {
            throw new NotSupportedException(
                $"{nameof(ChatOptions)}.{nameof(ChatOptions.Tools)}: {model} takes tools in the Responses API only."
            );
        }
        // The model's own default effort is refused beside tools, so the field has to be there.
        if (hasTools && rules?.Tools == ToolRule.OnlyWithoutReasoning)
            return None;
        if (wanted is not { } effort)
            return null;
        string word = effort switch
        {
            ReasoningEffort.None => None,
            ReasoningEffort.Low => "low",
            ReasoningEffort.Medium => "medium",
            ReasoningEffort.High => "high",
            _ => "xhigh",
        };
        if (rules is null)
            return word;
        int level = Array.IndexOf(Levels, word);
        return rules.Efforts.MinBy(known => Math.Abs(Array.IndexOf(Levels, known) - level));
    }

    /// <summary>Whether the model thinks before it answers, as far as is known.</summary>
    public static bool IsReasoning(string? effort, ModelRules? rules) => rules?.Reasons == true && effort != None;
}
