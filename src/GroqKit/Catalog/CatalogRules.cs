using System.Globalization;

namespace GroqKit.Catalog;

/// <summary>What makes models usable together; the same for data that is read and for models built in code.</summary>
internal static class CatalogRules
{
    // Far above any price of a model, far below where multiplying by an amount leaves the range of decimal.
    private const decimal HighestPrice = 1_000_000m;

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>Checks one model by itself.</summary>
    public static IEnumerable<CatalogError> Check(CatalogModel model, string path)
    {
        if (string.IsNullOrEmpty(model.Id) || model.Id.Any(sign => char.IsWhiteSpace(sign) || char.IsControl(sign)))
            yield return new CatalogError($"{path}.id", null, "must be a model id without blanks");
        for (int index = 0; index < model.Prices.Count; index++)
        {
            string at = $"{path}.prices[{index}]";
            ModelPrice price = model.Prices[index];
            foreach (CatalogError error in CheckAmounts(price, at, model.Id))
                yield return error;
            if (CheckBasis(price, at, model) is { } incomplete)
                yield return incomplete;
            if (index > 0 && !(price.From > (model.Prices[index - 1].From ?? DateOnly.MinValue)))
                yield return new CatalogError(
                    $"{at}.from",
                    model.Id,
                    "must be later than that of the price before; only the first may have none"
                );
        }
    }

    /// <summary>Checks that the models a model points to are there.</summary>
    public static IEnumerable<CatalogError> CheckReplacements(
        CatalogModel model,
        string path,
        Func<string, bool> exists
    )
    {
        for (int index = 0; index < model.Replacements.Count; index++)
            if (!exists(model.Replacements[index]))
                yield return new CatalogError(
                    $"{path}.replacements[{index}]",
                    model.Id,
                    $"names \"{model.Replacements[index]}\", which the catalogue does not have"
                );
    }

    private static IEnumerable<CatalogError> CheckAmounts(ModelPrice price, string at, string id)
    {
        (string Name, decimal? Value)[] amounts =
        [
            ("input", price.Input),
            ("cachedInput", price.CachedInput),
            ("output", price.Output),
            ("perAudioHour", price.PerAudioHour),
            ("perMillionCharacters", price.PerMillionCharacters),
        ];
        foreach ((string name, decimal? value) in amounts)
            if (value is < 0m or > HighestPrice)
            {
                string message = string.Create(Invariant, $"must be from 0 to {HighestPrice} dollars, but is {value}");
                yield return new CatalogError($"{at}.{name}", id, message);
            }
        if (price.MinimumAudioSeconds < 0)
            yield return new CatalogError(
                $"{at}.minimumAudioSeconds",
                id,
                $"must not be negative, but is {price.MinimumAudioSeconds}"
            );
    }

    private static CatalogError? CheckBasis(ModelPrice price, string at, CatalogModel model)
    {
        bool byToken = price.Input is not null || price.CachedInput is not null || price.Output is not null;
        if (!byToken && price.PerAudioHour is null && price.PerMillionCharacters is null)
            return new CatalogError(
                at,
                model.Id,
                "has no figure: give input and output, perAudioHour or perMillionCharacters"
            );
        if (byToken && price.Input is null)
            return new CatalogError($"{at}.input", model.Id, "is missing: a price by tokens needs it");
        if (byToken && price.Output is null && model.Kind != ModelKind.Embedding)
            return new CatalogError($"{at}.output", model.Id, "is missing: a price by tokens needs it");
        return null;
    }
}
