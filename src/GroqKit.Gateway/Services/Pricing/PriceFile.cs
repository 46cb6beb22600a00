using System.Collections.Frozen;
using System.Text.Json;
using GroqKit.Catalog;
using GroqKit.Gateway.Services.Providers;
using GroqKit.Providers.Configuration;
using GroqKit.Providers.Pricing;

namespace GroqKit.Gateway.Services.Pricing;

/// <summary>
/// Reads the operator's own prices: an object whose members are kinds of providers (<c>groq</c>, <c>openai</c>, <c>elevenlabs</c>) or names
/// of providers, each with <c>models</c> as in the model catalogue and, for a kind, <c>rules</c> for tiers and tools.
/// </summary>
internal static class PriceFile
{
    private const string Models = "models";
    private const string Rules = "rules";

    private static readonly JsonDocumentOptions Lenient = new()
    {
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
        CommentHandling = JsonCommentHandling.Skip,
    };

    /// <param name="json">The file's text.</param>
    /// <param name="wrong">Told everything that is wrong: where, and what.</param>
    /// <returns>The built-in prices with these in their place.</returns>
    public static PriceList Read(string json, Action<string, string> wrong)
    {
        PriceList prices = PriceList.BuiltIn;
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Lenient);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                wrong("", "must be a JSON object with a member for each kind or name of provider");
                return prices;
            }
            foreach (JsonProperty provider in document.RootElement.EnumerateObject())
                prices = Read(prices, provider, wrong);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            wrong("", "is not valid JSON: " + broken.Message);
        }
        return prices;
    }

    private static PriceList Read(PriceList prices, JsonProperty provider, Action<string, string> wrong)
    {
        string name = provider.Name;
        ProviderKind? kind = ProviderKinds.Parse(name);
        if (provider.Value.ValueKind != JsonValueKind.Object)
        {
            wrong(name, "must be an object with models");
            return prices;
        }
        foreach (JsonProperty member in provider.Value.EnumerateObject())
        {
            string raw = member.Value.GetRawText();
            if (member.Name == Models)
                prices = ReadModels(prices, name, kind, raw, wrong);
            else if (member.Name == Rules && kind is { } of)
                prices = ReadRules(prices, name, of, raw, wrong);
            else
                wrong($"{name}.{member.Name}", kind is null ? "is not models" : "is neither models nor rules");
        }
        return prices;
    }

    private static PriceList ReadModels(
        PriceList prices,
        string name,
        ProviderKind? kind,
        string models,
        Action<string, string> wrong
    )
    {
        string catalog = $$"""{"models":{{models}}}""";
        try
        {
            if (kind is not { } of)
                return prices with { Own = With(prices.Own, name, ModelCatalog.Parse(catalog)) };
            ModelCatalog before = prices.Catalog[PriceList.KindOf(of)];
            ModelCatalog named = before.Merge(catalog);
            // What held before the operator's first day still does for calls of those days.
            ModelCatalog all = named.With([
                .. named.Models.Select(model =>
                    model with
                    {
                        Prices = [.. Earlier(before.Find(model.Id), model), .. model.Prices],
                    }
                ),
            ]);
            return prices with { Catalog = prices.Catalog.With(PriceList.KindOf(of), all) };
        }
        catch (CatalogFormatException broken)
        {
            foreach (CatalogError error in broken.Errors)
                wrong($"{name}.{error.Path}".TrimEnd('.'), error.Message);
            return prices;
        }
    }

    private static PriceList ReadRules(
        PriceList prices,
        string name,
        ProviderKind kind,
        string rules,
        Action<string, string> wrong
    )
    {
        try
        {
            return prices with { Pricing = prices.Pricing.With(PriceList.KindOf(kind), PriceRules.Parse(rules)) };
        }
        catch (ProviderConfigurationException broken)
        {
            foreach (ConfigurationError error in broken.Errors)
                wrong($"{name}.{Rules}.{error.Path}".TrimEnd('.'), error.Message);
            return prices;
        }
    }

    private static IEnumerable<ModelPrice> Earlier(CatalogModel? before, CatalogModel after) =>
        before is null || after.Prices is not [{ From: { } from }, ..]
            ? []
            : before.Prices.Where(price => price.From is null || price.From < from);

    private static FrozenDictionary<string, ModelCatalog> With(
        FrozenDictionary<string, ModelCatalog> own,
        string name,
        ModelCatalog models
    ) => own.Append(KeyValuePair.Create(name, models)).ToFrozenDictionary(StringComparer.Ordinal);
}
