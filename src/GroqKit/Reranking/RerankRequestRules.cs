using GroqKit.Errors;
using GroqKit.Json;
using GroqKit.Models;

namespace GroqKit.Reranking;

/// <summary>What Groq would refuse anyway, found before anything is sent.</summary>
internal static class RerankRequestRules
{
    private const int MaxDocs = 100;

    /// <exception cref="GroqValidationException">A rule is broken.</exception>
    public static void Check(RerankRequest request)
    {
        ModelName.Check(request.Model, "model");
        Rules.CheckText("query", request.Query);
        if (request.Docs is not { Count: > 0 and <= MaxDocs } docs)
            throw Rules.Invalid("docs", $"must have 1 to {MaxDocs} entries.");
        for (int i = 0; i < docs.Count; i++)
            Rules.CheckText($"docs[{i}]", docs[i]);
        Rules.CheckExtraBody(request.ExtraBody, GroqJson.Context.RerankRequest);
    }
}
