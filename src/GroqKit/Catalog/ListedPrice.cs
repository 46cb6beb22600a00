using System.Globalization;

namespace GroqKit.Catalog;

/// <summary>Turns the <c>pricing</c> of GET /models into a dated price of the catalogue.</summary>
internal static class ListedPrice
{
    private const decimal Million = 1_000_000m;

    /// <summary>
    /// The prices of a model after a listing: the same ones, the last one confirmed, or a new one that holds from the
    /// day of the listing.
    /// </summary>
    public static IReadOnlyList<ModelPrice> Apply(
        CatalogModel model,
        IReadOnlyDictionary<string, string>? pricing,
        DateOnly seen,
        List<CatalogError> problems
    )
    {
        ModelPrice? last = model.Prices.Count > 0 ? model.Prices[^1] : null;
        if (pricing is null || last?.From > seen || last?.Seen > seen)
            return model.Prices;
        int before = problems.Count;
        ModelPrice? listed =
            model.Kind == ModelKind.Speech ? BySpeech(model, pricing, problems) : ByToken(model, pricing, problems);
        if (listed is null || problems.Count > before)
            return model.Prices;
        // A list without a price for cached input says nothing about it, as long as the price it derives from is the same.
        if (listed.CachedInput is null && listed.Input == last?.Input)
            listed = listed with { CachedInput = last?.CachedInput };
        if (last is not null && SameAmounts.Instance.Equals(listed, last))
            return [.. model.Prices.SkipLast(1), last with { Seen = seen }];
        ModelPrice fresh = listed with { From = seen, Seen = seen };
        return last?.From == seen ? [.. model.Prices.SkipLast(1), fresh] : [.. model.Prices, fresh];
    }

    private static ModelPrice? BySpeech(
        CatalogModel model,
        IReadOnlyDictionary<string, string> pricing,
        List<CatalogError> problems
    )
    {
        decimal? characters = Read(model, pricing, "prompt", problems);
        return characters is null ? null : new ModelPrice { PerMillionCharacters = characters };
    }

    private static ModelPrice? ByToken(
        CatalogModel model,
        IReadOnlyDictionary<string, string> pricing,
        List<CatalogError> problems
    )
    {
        // In which unit a listing would price audio is not documented, so nothing is concluded from it.
        if (model.Kind == ModelKind.Transcription)
            return null;
        decimal? input = Read(model, pricing, "prompt", problems);
        decimal? output = Read(model, pricing, "completion", problems);
        decimal? cached = Read(model, pricing, "input_cache_read", problems);
        if (Read(model, pricing, "request", problems) is not null)
            problems.Add(
                new CatalogError(
                    "pricing.request",
                    model.Id,
                    "is a price per request, which the catalogue cannot express"
                )
            );
        if (input is null || output is null)
            return null;
        return new ModelPrice
        {
            Input = input,
            CachedInput = cached,
            Output = output,
        };
    }

    /// <summary>
    /// Dollars per million. A zero is what a list shows for a price that it does not have, so it counts as unknown.
    /// </summary>
    private static decimal? Read(
        CatalogModel model,
        IReadOnlyDictionary<string, string> pricing,
        string name,
        List<CatalogError> problems
    )
    {
        if (!pricing.TryGetValue(name, out string? text) || string.IsNullOrWhiteSpace(text))
            return null;
        bool fits =
            decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal dollars)
            && dollars is >= 0m and <= 1m;
        if (!fits)
            problems.Add(
                new CatalogError($"pricing.{name}", model.Id, $"must be from 0 to 1 dollar, but is \"{text}\"")
            );
        return fits && dollars > 0m ? dollars * Million : null;
    }
}
