using System.Globalization;
using GroqKit.Catalog;

namespace GroqKit.Cli.Models;

/// <summary>What is shown of a model on a day.</summary>
internal sealed class ModelRow(CatalogModel model, ModelCatalog catalog, DateOnly day)
{
    public CatalogModel Model => model;

    public string Status => model.StatusAt(day)?.Value ?? "";

    public bool IsActive => model.IsAvailableAt(day);

    public ModelPrice? Price => model.PriceAt(day);

    /// <summary>The model to take instead, where this one is shut down or will be.</summary>
    public string? Replacement =>
        model.Replacements.Count == 0 ? null : catalog.FinalReplacement(model.Id, day)?.Id ?? model.Replacement;

    /// <summary>Dollars: per million tokens in and out, or as its unit says; empty where no price is known.</summary>
    public string PriceText =>
        Price switch
        {
            { PerAudioHour: { } hour } => $"{Dollars(hour)} / h",
            { PerMillionCharacters: { } characters } => $"{Dollars(characters)} / M chars",
            { Input: { } input, Output: { } output } => $"{Dollars(input)} / {Dollars(output)}",
            _ => "",
        };

    public string Context => model.ContextWindow is { } tokens ? Short(tokens) : "";

    public string Capabilities => string.Join(", ", model.Capabilities.Select(capability => capability.Value));

    /// <summary>131072 as 131k.</summary>
    public static string Short(int tokens) =>
        tokens >= 1000 ? string.Create(CultureInfo.InvariantCulture, $"{tokens / 1000}k") : $"{tokens}";

    public static string Dollars(decimal amount) => string.Create(CultureInfo.InvariantCulture, $"${amount:0.00####}");

    /// <summary>Whether the provider is this one: who made the model, or the first part of the name that a gateway gives it.</summary>
    public bool IsFrom(string provider) =>
        string.Equals(model.Owner, provider, StringComparison.OrdinalIgnoreCase)
        || model.Id.StartsWith($"{provider}/", StringComparison.OrdinalIgnoreCase);
}
