using GroqKit.Errors;
using GroqKit.Json;
using GroqKit.Models;

namespace GroqKit.Completions;

/// <summary>What servers would refuse anyway, found before anything is sent.</summary>
internal static class CompletionRequestRules
{
    private const int MaxStops = 4;

    /// <exception cref="GroqValidationException">A rule is broken.</exception>
    public static void Check(CompletionRequest request)
    {
        ModelName.Check(request.Model, "model");
        CheckPrompt(request.Prompt);
        CheckSampling(request);
        for (int i = 0; i < request.Stop?.Count; i++)
            Rules.CheckText($"stop[{i}]", request.Stop[i]);
        if (request.Stop?.Count > MaxStops)
            throw Rules.Invalid("stop", $"must have at most {MaxStops} entries.");
        Rules.CheckExtraBody(request.ExtraBody, GroqJson.Context.CompletionRequest);
    }

    private static void CheckPrompt(TextInput prompt)
    {
        if (prompt.Texts is not { } texts)
        {
            Rules.CheckText("prompt", prompt.Text);
            return;
        }
        if (texts.Count == 0)
            throw Rules.Invalid("prompt", "must have at least one text.");
        for (int i = 0; i < texts.Count; i++)
            Rules.CheckText($"prompt[{i}]", texts[i]);
    }

    private static void CheckSampling(CompletionRequest request)
    {
        if (request.MaxTokens is < 1)
            throw Rules.Invalid("max_tokens", "must be at least 1.");
        Rules.CheckRange("temperature", request.Temperature, 0, 2);
        Rules.CheckRange("top_p", request.TopP, 0, 1);
        Rules.CheckRange("n", request.N, 1, 128);
        Rules.CheckRange("best_of", request.BestOf, 0, 20);
        Rules.CheckRange("logprobs", request.Logprobs, 0, 5);
        Rules.CheckRange("frequency_penalty", request.FrequencyPenalty, -2, 2);
        Rules.CheckRange("presence_penalty", request.PresencePenalty, -2, 2);
        if (request.BestOf < (request.N ?? 1))
            throw Rules.Invalid("best_of", "must be at least n.");
    }
}
