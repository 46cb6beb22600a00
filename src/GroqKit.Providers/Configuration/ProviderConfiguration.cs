using GroqKit.Providers.Pricing;

namespace GroqKit.Providers.Configuration;

/// <summary>All that has to fit together at start: providers, what names them and their models, and prices.</summary>
public sealed record ProviderConfiguration
{
    /// <summary>The providers.</summary>
    public IReadOnlyList<ProviderOptions> Providers { get; init; } = [];

    /// <summary>Every place that names a provider and a model.</summary>
    public IReadOnlyList<ModelReference> References { get; init; } = [];

    /// <summary>The text of an own price file, see <see cref="PriceFile"/>; null: the package's prices.</summary>
    public string? Prices { get; init; }

    /// <summary>Makes the providers, or says everything that is wrong, of whatever part.</summary>
    /// <param name="registry">The kinds. Null: those of the package.</param>
    /// <param name="environment">Clock, transport, log, catalogue. Null: the defaults. Own prices are laid over its catalogue.</param>
    /// <exception cref="ProviderConfigurationException">Something is wrong; it lists everything, each with its path.</exception>
    public ConfiguredProviders Start(ProviderRegistry? registry = null, ProviderEnvironment? environment = null)
    {
        registry ??= ProviderRegistry.Default;
        environment ??= new ProviderEnvironment();
        var errors = new List<ConfigurationError>(registry.Validate(Providers));
        var pricing = new ProviderPricing();
        if (Prices is not null)
        {
            try
            {
                PriceFile prices = PriceFile.Parse(Prices, environment.Catalog);
                environment = environment with { Catalog = prices.Catalog };
                pricing = prices.Pricing;
            }
            catch (ProviderConfigurationException wrong)
            {
                errors.AddRange(wrong.Errors);
            }
        }
        // References are checked against the providers that are right: what is wrong with the others is said already.
        ProviderOptions[] right =
        [
            .. Providers.Where((_, index) => !errors.Exists(error => IsBelow(error.Path, $"providers[{index}]"))),
        ];
        ProviderSet providers = registry.Create(right, environment);
        HashSet<string> wrongNames = new(
            Providers.Except(right).Select(options => options?.Name ?? ""),
            StringComparer.OrdinalIgnoreCase
        );
        errors.AddRange(
            providers.Validate(
                References.Where(reference =>
                    string.IsNullOrEmpty(reference?.Provider) || !wrongNames.Contains(reference.Provider)
                )
            )
        );
        if (errors.Count == 0)
            return new ConfiguredProviders(providers, pricing);
        providers.Dispose();
        throw new ProviderConfigurationException(errors);
    }

    private static bool IsBelow(string path, string place) =>
        path == place || path.StartsWith($"{place}.", StringComparison.Ordinal);
}
