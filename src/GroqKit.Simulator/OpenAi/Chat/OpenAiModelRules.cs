using GroqKit.Simulator.Chat.Requests;
using GroqKit.Simulator.Errors;
using GroqKit.Simulator.OpenAi.Models;

namespace GroqKit.Simulator.OpenAi.Chat;

/// <summary>What OpenAI's models refuse: reasoning ones much, and the others to reason.</summary>
internal static class OpenAiModelRules
{
    private const string Unsupported = "unsupported_parameter";

    /// <exception cref="ApiException">The model does not take the request.</exception>
    public static void Check(OpenAiChatRequest request, OpenAiModel model)
    {
        ChatRequest chat = request.Chat;
        if (chat.MaxTokens > model.Model.MaxOutput)
            throw Refuse(
                $"max_completion_tokens is too large: {chat.MaxTokens}. This model supports at most {model.Model.MaxOutput} completion tokens.",
                "max_completion_tokens",
                "invalid_value"
            );
        if (!model.Reasons)
        {
            if (chat.ReasoningEffort is not null)
                throw OpenAiWire.Unrecognized("reasoning_effort");
            return;
        }

        CheckReasoning(request, chat, model);
        chat.ReasoningEffort ??= model.DefaultEffort;
    }

    private static void CheckReasoning(OpenAiChatRequest request, ChatRequest chat, OpenAiModel model)
    {
        string effort = chat.ReasoningEffort ?? model.DefaultEffort!;
        if (!model.Model.ReasoningEfforts.Contains(effort))
        {
            throw Refuse(
                $"Unsupported value: 'reasoning_effort' does not support '{effort}' with this model. Supported values are: {string.Join(", ", model.Model.ReasoningEfforts)}.",
                "reasoning_effort",
                "unsupported_value"
            );
        }

        if (request.Given.Contains("max_tokens"))
            throw Refuse(
                "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
                "max_tokens",
                Unsupported
            );
        if (request.Given.Contains("stop"))
            throw Refuse("Unsupported parameter: 'stop' is not supported with this model.", "stop", Unsupported);
        if (effort is "none")
            return;
        if (chat.HasFunctions && !model.ToolsWhileReasoning)
        {
            throw Refuse(
                $"Function tools with reasoning_effort are not supported for {chat.Model} in /v1/chat/completions. Please use /v1/responses or set reasoning_effort to 'none'.",
                "reasoning_effort",
                null
            );
        }

        if (request.ChangedSampling is { } sampling)
            throw Refuse(
                $"Unsupported value: '{sampling}' supports only its default with this model.",
                sampling,
                "unsupported_value"
            );
        if (request.Given.Contains("top_logprobs") || request.Given.Contains("logprobs"))
            throw Refuse(
                "Unsupported parameter: 'logprobs' is not supported with this model.",
                "logprobs",
                Unsupported
            );
    }

    private static ApiException Refuse(string message, string param, string? code) =>
        new(ApiErrors.Invalid(message, param, code));
}
