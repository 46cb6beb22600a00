using System.Globalization;
using GroqKit.Catalog;

namespace GroqKit.Providers.Choosing;

/// <summary>What a request must find in a model.</summary>
internal static class ModelNeeds
{
    /// <summary>What a model is known to lack; null when nothing is known to be missing.</summary>
    public static string? FindLack(ProviderModel? model, RequestTraits traits, DateOnly date)
    {
        if (model is not { IsCatalogued: true })
            return null;
        CatalogModel facts = model.Facts;
        if (!facts.IsAvailableAt(date))
            return "not available";
        if (FindLack(model, traits) is { } lacking)
            return $"lacks {lacking}";
        if (facts.MaxOutput < traits.MaxOutputTokens)
            return "gives less output than asked for";
        return facts.ContextWindow < (long)traits.InputTokens + (traits.MaxOutputTokens ?? 0)
            ? "input too long for it"
            : null;
    }

    /// <summary>The first capability that a model is known to lack; null when it is known to lack none.</summary>
    public static ModelCapability? FindLack(ProviderModel? model, RequestTraits traits) =>
        Wanted(traits).FirstOrDefault(want => model?.Supports(want) is false) is { Value.Length: > 0 } lacking
            ? lacking
            : null;

    /// <summary>What would have to be known of a model before it could be relied on; null when all is.</summary>
    public static string? FindUnknown(ProviderModel? model, RequestTraits traits) =>
        Wanted(traits).FirstOrDefault(want => model?.Supports(want) is null) is { Value.Length: > 0 } unknown
            ? $"not known for {unknown}"
            : null;

    public static string Describe(RequestTraits traits) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{string.Concat(Wanted(traits).Select(want => $"{want}, "))}about {traits.InputTokens} tokens of input"
        );

    private static IEnumerable<ModelCapability> Wanted(RequestTraits traits)
    {
        if (traits.NeedsVision)
            yield return ModelCapability.Vision;
        if (traits.NeedsTools)
            yield return ModelCapability.Tools;
        if (traits.NeedsStrictSchema)
            yield return ModelCapability.StrictSchema;
        else if (traits.NeedsSchema)
            yield return ModelCapability.JsonSchema;
    }
}
