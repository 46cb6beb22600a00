using System.Text.Json;
using GroqKit.Catalog;
using GroqKit.Chat;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.AI.Chat;

/// <summary>The form of the answer, and what to do where Groq takes none.</summary>
internal static class FormatMapping
{
    private const string DefaultName = "json_schema";

    /// <exception cref="NotSupportedException">The format is of a kind that is not known.</exception>
    public static GroqResponseFormat? Map(ChatOptions options) =>
        options.ResponseFormat switch
        {
            null => null,
            ChatResponseFormatText => GroqResponseFormat.Text,
            ChatResponseFormatJson { Schema: null } => GroqResponseFormat.JsonObject,
            ChatResponseFormatJson json => Map(json, AdditionalFields.ReadStrict(options.AdditionalProperties)),
            { } other => throw new NotSupportedException(
                $"{nameof(ChatOptions)}.{nameof(ChatOptions.ResponseFormat)}: {other.GetType().Name} has no counterpart at Groq."
            ),
        };

    /// <summary>
    /// Groq refuses JSON together with tools, and models without schemas refuse those. The format is then said to the model in words, which
    /// this returns: unlike one more request for the format alone, that costs no second answer and lets the answer be streamed. Tools that must
    /// not be called are dropped instead, so that the format stays guaranteed.
    /// </summary>
    public static (ChatRequest Request, string? Instruction) Settle(ChatRequest request, CatalogModel? model)
    {
        if (request.ResponseFormat is not { } format || format.Type == ResponseFormatType.Text)
            return (request, null);
        if (request.Tools is { Count: > 0 } && request.ToolChoice == ToolChoice.None)
            request = request with { Tools = null, ToolChoice = null, ParallelToolCalls = null };
        if (request.Tools is { Count: > 0 })
            return (request with { ResponseFormat = null }, Say(format, "Unless you call a tool, answer with"));
        bool hasSchemas = model?.Supports(ModelCapability.JsonSchema) ?? true;
        if (format.Type != ResponseFormatType.JsonSchema || hasSchemas)
            return (request, null);
        bool hasJson = model?.Supports(ModelCapability.JsonMode) ?? true;
        return (
            request with
            {
                ResponseFormat = hasJson ? GroqResponseFormat.JsonObject : null,
            },
            Say(format, "Answer with")
        );
    }

    private static GroqResponseFormat Map(ChatResponseFormatJson format, bool? strict)
    {
        JsonElement? closed = strict == true ? StrictSchemas.For(format) : null;
        return GroqResponseFormat.ForSchema(
            SchemaName(format.SchemaName),
            closed ?? format.Schema!.Value,
            strict == true ? closed is not null : strict,
            format.SchemaDescription
        );
    }

    private static string Say(GroqResponseFormat format, string begin) =>
        format.JsonSchema is { Schema: { } schema } named
            ? $"{begin} nothing but JSON that follows this schema{Explain(named.Description)}: {schema.GetRawText()}"
            : $"{begin} nothing but one JSON object.";

    private static string Explain(string? description) =>
        string.IsNullOrWhiteSpace(description) ? "" : $" ({description})";

    // Names made from generic types hold letters that Groq refuses.
    private static string SchemaName(string? name)
    {
        if (string.IsNullOrEmpty(name))
            return DefaultName;
        IEnumerable<char> letters = name.Select(letter =>
            char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' ? letter : '_'
        );
        return string.Concat(letters.Take(64));
    }
}
