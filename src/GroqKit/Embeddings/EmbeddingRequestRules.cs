using GroqKit.Errors;
using GroqKit.Json;
using GroqKit.Models;

namespace GroqKit.Embeddings;

/// <summary>What Groq would refuse anyway, found before anything is sent.</summary>
internal static class EmbeddingRequestRules
{
    private const int MaxTexts = 2048;

    /// <exception cref="GroqValidationException">A rule is broken.</exception>
    public static void Check(EmbeddingRequest request)
    {
        ModelName.Check(request.Model, "model");
        CheckInput(request.Input);
        if (request.EncodingFormat is { } encoding && !EmbeddingEncoding.Known.Contains(encoding))
            throw Rules.Invalid("encoding_format", "must be float or base64.");
        Rules.CheckExtraBody(request.ExtraBody, GroqJson.Context.EmbeddingRequest);
    }

    private static void CheckInput(TextInput input)
    {
        if (input.Texts is not { } texts)
        {
            Rules.CheckText("input", input.Text);
            return;
        }
        if (texts.Count is < 1 or > MaxTexts)
            throw Rules.Invalid("input", $"must have 1 to {MaxTexts} texts.");
        for (int i = 0; i < texts.Count; i++)
            Rules.CheckText($"input[{i}]", texts[i]);
    }
}
