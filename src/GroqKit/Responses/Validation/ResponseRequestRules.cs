using System.Text.Json;
using GroqKit.Chat;
using GroqKit.Errors;
using GroqKit.Json;
using GroqKit.Models;

namespace GroqKit.Responses;

/// <summary>What Groq would refuse anyway, found before anything is sent. Each rule names the parameter by its path on the wire.</summary>
internal static class ResponseRequestRules
{
    private const int MaxPairs = 16;

    /// <exception cref="GroqValidationException">A rule is broken.</exception>
    public static void Check(ResponseRequest request)
    {
        ModelName.Check(request.Model, "model");
        ResponseItemRules.Check(request.Input);
        if (request.MaxOutputTokens is < 1)
            throw Rules.Invalid("max_output_tokens", "must be at least 1.");
        Rules.CheckRange("temperature", request.Temperature, 0, 2);
        Rules.CheckRange("top_p", request.TopP, 0, 1);
        if (request.Metadata?.Count > MaxPairs)
            throw Rules.Invalid("metadata", $"must have at most {MaxPairs} pairs.");
        if (request.Store == true)
            throw Rules.Invalid("store", "must not be true: Groq stores nothing.");
        ResponseToolRules.Check(request);
        if (request.Text?.Format is { } format)
            CheckFormat(format);
        Rules.CheckExtraBody(request.ExtraBody, GroqJson.Context.ResponseRequest);
    }

    private static void CheckFormat(ResponseTextFormat format)
    {
        Rules.CheckText("text.format.type", format.Type.Value);
        if (format.Type != ResponseFormatType.JsonSchema)
            return;
        if (!Rules.IsName(format.Name))
            throw Rules.Invalid("text.format.name", "must be 1 to 64 of letters, digits, _ and -.");
        if (format.Schema is not { ValueKind: JsonValueKind.Object })
            throw Rules.Invalid("text.format.schema", "must be a JSON Schema object.");
    }
}
