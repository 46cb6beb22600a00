using System.Globalization;
using GroqKit.Models;

namespace GroqKit.Catalog;

/// <summary>
/// One entry of GET /models, as far as the catalogue takes an interest in it. What the entry lacks is null.
/// </summary>
public sealed record ModelListing
{
    /// <summary><c>id</c>.</summary>
    public required string Id { get; init; }

    /// <summary><c>owned_by</c>.</summary>
    public string? OwnedBy { get; init; }

    /// <summary><c>name</c>.</summary>
    public string? Name { get; init; }

    /// <summary><c>active</c>; null counts as true.</summary>
    public bool? Active { get; init; }

    /// <summary><c>created</c>.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary><c>context_window</c>, in tokens.</summary>
    public int? ContextWindow { get; init; }

    /// <summary><c>max_completion_tokens</c>.</summary>
    public int? MaxCompletionTokens { get; init; }

    /// <summary><c>input_modalities</c>.</summary>
    public IReadOnlyList<string>? InputModalities { get; init; }

    /// <summary><c>output_modalities</c>.</summary>
    public IReadOnlyList<string>? OutputModalities { get; init; }

    /// <summary><c>supported_features</c>.</summary>
    public IReadOnlyList<string>? SupportedFeatures { get; init; }

    /// <summary>
    /// The members of <c>pricing</c>: decimal numbers as text, in dollars per token (for speech models per character).
    /// </summary>
    public IReadOnlyDictionary<string, string>? Pricing { get; init; }

    private static readonly long LastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>An entry as the client returns it.</summary>
    /// <param name="model">The entry.</param>
    public static ModelListing From(ModelInfo model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new ModelListing
        {
            Id = model.Id,
            OwnedBy = model.OwnedBy,
            Name = model.Name,
            Active = model.Active,
            Created =
                model.Created > 0 && model.Created <= LastSecond
                    ? DateTimeOffset.FromUnixTimeSeconds(model.Created)
                    : null,
            ContextWindow = model.ContextWindow,
            MaxCompletionTokens = model.MaxCompletionTokens,
            InputModalities = model.InputModalities,
            OutputModalities = model.OutputModalities,
            SupportedFeatures = model.SupportedFeatures,
            Pricing = model.Pricing is { } pricing ? Prices(pricing) : null,
        };
    }

    private static Dictionary<string, string> Prices(ModelPricing pricing)
    {
        var prices = new Dictionary<string, string>();
        Add("prompt", pricing.Prompt);
        Add("completion", pricing.Completion);
        Add("image", pricing.Image);
        Add("request", pricing.Request);
        Add("input_cache_read", pricing.InputCacheRead);
        return prices;

        void Add(string name, decimal? price)
        {
            if (price is { } dollars)
                prices[name] = dollars.ToString(CultureInfo.InvariantCulture);
        }
    }
}
