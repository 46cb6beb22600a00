using System.Text.Json;
using GroqKit.Errors;
using GroqKit.Json;
using GroqKit.Models;

namespace GroqKit.Chat;

/// <summary>What Groq would refuse anyway, found before anything is sent. Each rule names the parameter by its path on the wire.</summary>
internal static class ChatRequestRules
{
    private const int MaxStops = 4;
    private const int MaxTools = 128;

    /// <exception cref="GroqValidationException">A rule is broken.</exception>
    public static void Check(ChatRequest request)
    {
        ModelName.Check(request.Model, "model");
        MessageRules.Check(request.Messages);
        ImageRules.Check(request);
        CheckSampling(request);
        CheckLengths(request);
        CheckReasoning(request);
        ToolRules.Check(request, MaxTools);
        if (request.ResponseFormat is { } format)
            CheckFormat(format);
        CheckDocuments(request.Documents);
        Rules.CheckExtraBody(request.ExtraBody, GroqJson.Context.ChatRequest);
    }

    public static GroqValidationException Invalid(string parameter, string problem) =>
        Rules.Invalid(parameter, problem);

    public static bool IsName(string? name) => Rules.IsName(name);

    public static void CheckFormat(ResponseFormat format)
    {
        if (format.Type != ResponseFormatType.JsonSchema)
            return;
        if (format.JsonSchema is not { } schema)
            throw Invalid("response_format.json_schema", "is missing.");
        if (!IsName(schema.Name))
            throw Invalid("response_format.json_schema.name", "must be 1 to 64 of letters, digits, _ and -.");
        if (schema.Schema is { ValueKind: not JsonValueKind.Object })
            throw Invalid("response_format.json_schema.schema", "must be a JSON Schema object.");
    }

    private static void CheckSampling(ChatRequest request)
    {
        Rules.CheckRange("temperature", request.Temperature, 0, 2);
        Rules.CheckRange("top_p", request.TopP, 0, 1);
        Rules.CheckRange("frequency_penalty", request.FrequencyPenalty, -2, 2);
        Rules.CheckRange("presence_penalty", request.PresencePenalty, -2, 2);
        Rules.CheckRange("top_logprobs", request.TopLogprobs, 0, 20);
        if (request.TopLogprobs is not null && request.Logprobs != true)
            throw Invalid("top_logprobs", "needs logprobs to be true.");
        if (request.N is not (null or 1))
            throw Invalid("n", "must be 1: Groq gives one answer.");
    }

    private static void CheckLengths(ChatRequest request)
    {
        if (request.MaxCompletionTokens is < 1)
            throw Invalid("max_completion_tokens", "must be at least 1.");
        if (request.MaxTokens is < 1)
            throw Invalid("max_tokens", "must be at least 1.");
        if (request.Stop is not { } stop)
            return;
        if (stop.Count > MaxStops)
            throw Invalid("stop", $"must have at most {MaxStops} entries.");
        for (int i = 0; i < stop.Count; i++)
        {
            if (string.IsNullOrEmpty(stop[i]))
                throw Invalid($"stop[{i}]", "must not be empty.");
        }
    }

    private static void CheckReasoning(ChatRequest request)
    {
        if (request.IncludeReasoning is not null && request.ReasoningFormat is not null)
            throw Invalid("include_reasoning", "excludes reasoning_format: set one of them.");
    }

    private static void CheckDocuments(IReadOnlyList<ChatDocument>? documents)
    {
        for (int i = 0; i < documents?.Count; i++)
        {
            DocumentSource? source = documents[i]?.Source;
            if (source is null)
                throw Invalid($"documents[{i}].source", "is missing.");
            if (source.Type == DocumentSourceType.Text && source.Text is null)
                throw Invalid($"documents[{i}].source.text", "is missing.");
            if (source.Type == DocumentSourceType.Json && source.Data is not { ValueKind: JsonValueKind.Object })
                throw Invalid($"documents[{i}].source.data", "must be a JSON object.");
        }
    }
}
