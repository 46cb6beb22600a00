using System.Text.Json;
using GroqKit.Catalog;
using GroqKit.Providers.Catalog;
using GroqKit.Providers.Configuration;

namespace GroqKit.Providers.Pricing;

/// <summary>
/// An operator's own prices, laid over those of the package. One JSON object with a member for each kind of provider; each holds <c>models</c>,
/// as the catalogue has them, and the rules of <see cref="PriceRules"/>. Immutable.
/// </summary>
/// <param name="Catalog">The catalogue with the file's models and prices.</param>
/// <param name="Pricing">The billing with the file's rules.</param>
public sealed record PriceFile(ProviderCatalog Catalog, ProviderPricing Pricing)
{
    private const string Root = "prices";

    /// <summary>Reads a price file.</summary>
    /// <param name="json">For example <c>{"groq": {"models": [{"id": "openai/gpt-oss-20b", "prices": [{"input": 0.1, "output": 0.5}]}]}}</c>.</param>
    /// <param name="catalog">What the file's models are laid over. Null: the package's.</param>
    /// <exception cref="ProviderConfigurationException">
    /// A number is missing or negative, a name is misspelt, or it is no JSON; everything is listed with its path below <c>prices</c>.
    /// </exception>
    public static PriceFile Parse(string json, ProviderCatalog? catalog = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        catalog ??= ProviderCatalog.Default;
        var pricing = new ProviderPricing();
        var errors = new ErrorList(Root);
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                errors.Add("", "must be a JSON object with a member for each kind of provider.");
            else
            {
                foreach (JsonProperty member in document.RootElement.EnumerateObject())
                    (catalog, pricing) = Read(member, catalog, pricing, errors);
            }
        }
        catch (JsonException broken)
        {
            errors.Add("", $"is not valid JSON: {broken.Message}");
        }
        return errors.Errors.Count == 0
            ? new PriceFile(catalog, pricing)
            : throw new ProviderConfigurationException(errors.Errors);
    }

    private static (ProviderCatalog Catalog, ProviderPricing Pricing) Read(
        JsonProperty member,
        ProviderCatalog catalog,
        ProviderPricing pricing,
        ErrorList errors
    )
    {
        if (string.IsNullOrWhiteSpace(member.Name) || member.Value.ValueKind != JsonValueKind.Object)
        {
            errors.Add(member.Name, "must be an object, by the name of a kind of provider.");
            return (catalog, pricing);
        }
        var kind = new ProviderKind(member.Name);
        if (member.Value.TryGetProperty("models", out JsonElement models))
        {
            try
            {
                catalog = catalog.With(kind, catalog[kind].Merge($$"""{"models": {{models.GetRawText()}}}"""));
            }
            catch (CatalogFormatException wrong)
            {
                foreach (CatalogError error in wrong.Errors)
                    errors.Add($"{member.Name}.{error.Path}", $"{error.Message}.");
            }
        }
        JsonProperty[] rules = [.. member.Value.EnumerateObject().Where(part => part.Name != "models")];
        if (rules.Length == 0)
            return (catalog, pricing);
        try
        {
            string text = $"{{{string.Join(',', rules.Select(rule => rule.ToString()))}}}";
            pricing = pricing.With(kind, PriceRules.Parse(text));
        }
        catch (ProviderConfigurationException wrong)
        {
            foreach (ConfigurationError error in wrong.Errors)
                errors.Add($"{member.Name}.{error.Path}", error.Message);
        }
        return (catalog, pricing);
    }
}
