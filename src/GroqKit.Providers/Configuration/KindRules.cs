using GroqKit.Catalog;
using GroqKit.Providers.Catalog;

namespace GroqKit.Providers.Configuration;

/// <summary>Rules that several kinds share.</summary>
internal static class KindRules
{
    public static void RequireKey(ProviderOptions options, ErrorList errors) =>
        errors.AddIf(options.ApiKey is null && options.Keys.Count == 0, "api_key", "is missing.");

    /// <param name="options">The options.</param>
    /// <param name="errors">Takes errors.</param>
    /// <param name="known">The settings that the kind has; a name that ends in a dot stands for all that begin with it.</param>
    public static void CheckSettings(ProviderOptions options, ErrorList errors, params string[] known)
    {
        foreach (string name in options.Settings.Keys)
        {
            bool fits = Array.Exists(
                known,
                setting =>
                    setting.EndsWith('.')
                        ? name.StartsWith(setting, StringComparison.OrdinalIgnoreCase)
                        : name.Equals(setting, StringComparison.OrdinalIgnoreCase)
            );
            errors.AddIf(!fits, $"settings.{name}", $"is not a setting of the kind {options.Kind}.");
        }
    }

    /// <summary>A default that the catalogue has for another service is a slip.</summary>
    public static void CheckDefaultModels(ProviderOptions options, ProviderKind kind, ErrorList errors)
    {
        ModelCatalog catalog = ProviderCatalog.Default[kind];
        foreach (var (name, model) in options.DefaultModels)
        {
            if (ProviderServiceNames.FromName(name) is not { } wanted || model is null)
                continue;
            if (catalog.Find(model) is { } facts && facts.Kind != ModelKind.Unknown)
            {
                errors.AddIf(
                    ProviderCatalog.ServiceOf(facts.Kind) != wanted,
                    $"default_models.{name}",
                    $"{model} is a {facts.Kind} model."
                );
            }
        }
    }
}
