using System.Collections.Frozen;
using GroqKit.Catalog;

namespace GroqKit.Providers.Catalog;

/// <summary>What is known about the models of each kind of provider: capabilities, limits and prices by date. Immutable.</summary>
public sealed class ProviderCatalog
{
    private static readonly Lazy<ProviderCatalog> BuiltIn = new(static () =>
        new(new Dictionary<ProviderKind, ModelCatalog> { [ProviderKind.Groq] = ModelCatalog.Default })
    );

    private readonly FrozenDictionary<ProviderKind, ModelCatalog> _catalogs;

    private ProviderCatalog(IEnumerable<KeyValuePair<ProviderKind, ModelCatalog>> catalogs) =>
        _catalogs = catalogs.ToFrozenDictionary();

    /// <summary>The models and prices of this version of the package. Read on first use.</summary>
    public static ProviderCatalog Default => BuiltIn.Value;

    /// <summary>The models of a kind; empty for a kind that nothing is known of.</summary>
    /// <param name="kind">The kind.</param>
    public ModelCatalog this[ProviderKind kind] => _catalogs.GetValueOrDefault(kind, ModelCatalog.Empty);

    /// <summary>This catalogue with other models for one kind: own prices, own models, models of a kind of your own.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="models">For example <c>catalog[kind].Merge(json)</c>.</param>
    public ProviderCatalog With(ProviderKind kind, ModelCatalog models)
    {
        ArgumentNullException.ThrowIfNull(models);
        return new([.. _catalogs.Where(entry => entry.Key != kind), KeyValuePair.Create(kind, models)]);
    }

    /// <summary>The service that models of a kind are for; null for those that none of ours is.</summary>
    /// <param name="kind">What the model is for.</param>
    public static ProviderService? ServiceOf(ModelKind kind)
    {
        if (kind == ModelKind.Chat || kind == ModelKind.Guard)
            return ProviderService.Llm;
        if (kind == ModelKind.Transcription)
            return ProviderService.SpeechToText;
        return kind == ModelKind.Speech ? ProviderService.TextToSpeech : null;
    }
}
