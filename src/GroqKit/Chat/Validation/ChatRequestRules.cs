using System.Text.Json;
using GroqKit.Json;
using GroqKit.Models;

namespace GroqKit.Chat;

/// <summary>What Groq would refuse anyway, found before anything is sent. Each rule names the parameter by its path on the wire.</summary>
internal static class ChatRequestRules
{
    private const int MaxStops = 4;
    private const int MaxTools = 128;

    private static readonly HashSet<string> KnownProperties =
    [
        .. GroqJson
            .Context.ChatRequest.Properties.Where(property => !property.IsExtensionData)
            .Select(property => property.Name),
    ];

    /// <exception cref="GroqValidationException">A rule is broken.</exception>
    public static void Check(ChatRequest request)
    {
        ModelName.Check(request.Model, "model");
        MessageRules.Check(request.Messages);
        CheckSampling(request);
        CheckLengths(request);
        CheckReasoning(request);
        ToolRules.Check(request, MaxTools);
        if (request.ResponseFormat is { } format)
            CheckFormat(format);
        CheckDocuments(request.Documents);
        CheckExtraBody(request.ExtraBody);
    }

    public static GroqValidationException Invalid(string parameter, string problem) =>
        new($"{parameter}: {problem}", new ErrorDetails { Parameter = parameter });

    public static bool IsName(string? name)
    {
        if (name is not { Length: > 0 and <= 64 })
            return false;
        foreach (char letter in name)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('_' or '-'))
                return false;
        }
        return true;
    }

    private static void CheckSampling(ChatRequest request)
    {
        CheckRange("temperature", request.Temperature, 0, 2);
        CheckRange("top_p", request.TopP, 0, 1);
        CheckRange("frequency_penalty", request.FrequencyPenalty, -2, 2);
        CheckRange("presence_penalty", request.PresencePenalty, -2, 2);
        CheckRange("top_logprobs", request.TopLogprobs, 0, 20);
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

    private static void CheckFormat(ResponseFormat format)
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

    // A property sent twice is read one way here and another way there.
    private static void CheckExtraBody(Dictionary<string, JsonElement>? extra)
    {
        if (extra is null)
            return;
        foreach (var (name, value) in extra)
        {
            if (KnownProperties.Contains(name))
                throw Invalid(name, "stands in the extra body, but the request has a property for it.");
            if (value.ValueKind == JsonValueKind.Undefined)
                throw Invalid(name, "has no value in the extra body.");
        }
    }

    private static void CheckRange(string parameter, double? value, double from, double to)
    {
        if (value is { } number && !(number >= from && number <= to))
            throw Invalid(parameter, $"must be from {from} to {to}.");
    }
}
