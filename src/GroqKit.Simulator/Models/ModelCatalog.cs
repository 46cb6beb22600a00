using System.Collections.Frozen;
using GroqKit.Simulator.Errors;

namespace GroqKit.Simulator.Models;

/// <summary>Which models exist, and which of them a key may call.</summary>
internal sealed class ModelCatalog(bool enterprise, bool retired)
{
    private const string FaultPrefix = "sim/";

    /// <summary>Kinds of models that the API describes although none is on Groq's list.</summary>
    public const string Embedding = "nomic-embed-text-v1_5";

    /// <inheritdoc cref="Embedding"/>
    public const string Reranker = "qwen3-reranker-4b";

    private static readonly IReadOnlyList<Model> All =
    [
        .. ModelFile.Read(),
        Unlisted(Embedding, "embedding"),
        Unlisted(Reranker, "reranking"),
    ];

    private static readonly FrozenDictionary<string, Model> ById = All.ToFrozenDictionary(
        model => model.Id,
        StringComparer.Ordinal
    );

    /// <summary>What <c>GET /models</c> lists: only what the key may call.</summary>
    public IEnumerable<Model> Listed => All.Where(model => model.Status is not ModelStatus.Hidden && IsCallable(model));

    public Model? Find(string id) => ById.TryGetValue(id, out Model? model) && IsCallable(model) ? model : null;

    /// <summary>The model for a request; a <c>sim/…</c> name behaves like another model under its own name.</summary>
    /// <exception cref="ApiException">The model is unknown, retired or not open to the key.</exception>
    /// <param name="id">As the request names it.</param>
    /// <param name="stand">The model whose part a <c>sim/…</c> name plays.</param>
    public Model Resolve(string id, string stand = "openai/gpt-oss-20b")
    {
        if (Find(id) is { } model)
            return model;
        if (FaultIn(id) is not null)
            return ById[stand] with { Id = id };
        if (ById.TryGetValue(id, out Model? closed) && closed.Status is ModelStatus.Retired)
            throw new ApiException(ApiErrors.ModelDecommissioned(id, closed.Replacement));
        throw new ApiException(ApiErrors.ModelNotFound(id));
    }

    /// <summary>The fault that a model name of the form <c>sim/FAULT</c> asks for; null for every other name.</summary>
    public static string? FaultIn(string id) =>
        id.StartsWith(FaultPrefix, StringComparison.Ordinal) ? id[FaultPrefix.Length..] : null;

    private static Model Unlisted(string id, string kind) =>
        new()
        {
            Id = id,
            Name = id,
            Owner = "Groq",
            Status = ModelStatus.Hidden,
            Kind = kind,
            Capabilities = FrozenSet<string>.Empty,
        };

    private bool IsCallable(Model model) =>
        model.Status switch
        {
            ModelStatus.Retired => retired,
            ModelStatus.Enterprise => enterprise,
            _ => true,
        };
}
