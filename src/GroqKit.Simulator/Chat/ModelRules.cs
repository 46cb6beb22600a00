using GroqKit.Simulator.Chat.Requests;
using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Models;
using GroqKit.Simulator.RateLimits;

namespace GroqKit.Simulator.Chat;

/// <summary>What a model cannot do, said in Groq's way.</summary>
internal static class ModelRules
{
    /// <exception cref="ApiException">The request asks the model for something it does not offer.</exception>
    public static void Check(ChatRequest request, Model model, RateLimitPlan plan)
    {
        if (!model.AnswersChat)
            throw Refuse($"The model `{model.Id}` does not support chat completions", "model");
        CheckImages(request, model);
        CheckReasoning(request, model);
        CheckFormat(request, model);
        if (request.HasFunctions && !model.Can("tools"))
            throw Refuse(
                "`tool calling` is not supported with this model",
                request.UsesFunctions ? "functions" : "tools"
            );
        if (request.Tools.FirstOrDefault(tool => !IsOffered(tool, model)) is { } tool)
            throw Refuse($"tool type `{tool.Description}` is not supported with this model", "tools");
        if (request.MaxTokens > model.MaxOutput)
        {
            throw Refuse(
                $"max_completion_tokens must be at most {model.MaxOutput}, the most that `{model.Id}` can generate",
                "max_completion_tokens"
            );
        }

        if (IsTierClosed(request.ServiceTier, plan))
            throw Refuse($"service_tier `{request.ServiceTier}` is not available for this org", "service_tier");
        if (model.ScoresInjection && request.Messages is not [{ Role: "user" }])
            throw Refuse("messages must contains a single user message for text classification models", "messages");
    }

    private static void CheckImages(ChatRequest request, Model model)
    {
        int images = 0;
        for (int i = 0; i < request.Messages.Count; i++)
        {
            images += request.Messages[i].Images;
            if (images > 0 && !model.Can("vision"))
                throw Refuse($"messages[{i}].content must be a string", $"messages[{i}].content");
        }

        if (images > model.MaxImages)
            throw Refuse($"Too many images: `{model.Id}` accepts at most {model.MaxImages} in a request", "messages");
    }

    private static void CheckReasoning(ChatRequest request, Model model)
    {
        if (!model.Can("reasoning"))
        {
            string? asked =
                request.ReasoningEffort is not null ? "reasoning_effort"
                : request.ReasoningFormat is not null ? "reasoning_format"
                : request.IncludeReasoning is not null ? "include_reasoning"
                : null;
            if (asked is not null)
                throw Refuse($"{asked} is not supported with this model", asked);
            return;
        }

        bool knowsEffort = request.ReasoningEffort is not { } effort || model.ReasoningEfforts.Contains(effort);
        if (!knowsEffort)
        {
            throw Refuse(
                $"reasoning_effort must be one of {string.Join(", ", model.ReasoningEfforts)} with this model",
                "reasoning_effort"
            );
        }

        if (model.IsGptOss && request.ReasoningFormat is "raw")
            throw Refuse("reasoning_format `raw` is not supported with this model", "reasoning_format");
    }

    private static void CheckFormat(ChatRequest request, Model model)
    {
        string needed = request.Format.Type is "json_object" ? "json_mode" : request.Format.Type;
        if (request.Format.IsJson && !model.Can(needed))
            throw Refuse($"This model does not support response format `{request.Format.Type}`", "response_format");
    }

    // What runs on the server is GPT-OSS's; remote servers are for every model that calls tools.
    private static bool IsOffered(ToolOffer tool, Model model) =>
        tool.Name is not null || (tool.Server is null ? model.IsGptOss : model.Can("tools"));

    private static bool IsTierClosed(string? tier, RateLimitPlan plan) =>
        tier switch
        {
            "flex" or "auto" => plan is RateLimitPlan.Free,
            // Bought per contract, which no plan here stands for.
            "performance" => true,
            _ => false,
        };

    private static ApiException Refuse(string message, string param) => new(ApiErrors.Invalid(message, param));
}
