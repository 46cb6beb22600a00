using System.Collections.Frozen;
using GroqKit.Providers.ElevenLabs;
using GroqKit.Providers.Groq;
using GroqKit.Providers.OpenAI;

namespace GroqKit.Providers.Configuration;

/// <summary>The kinds of providers that configuration may name. Immutable.</summary>
public sealed class ProviderRegistry
{
    private readonly FrozenDictionary<ProviderKind, IProviderFactory> _factories;

    private ProviderRegistry(IEnumerable<IProviderFactory> factories) =>
        _factories = factories.ToFrozenDictionary(factory => factory.Kind);

    /// <summary>Groq, OpenAI and ElevenLabs.</summary>
    public static ProviderRegistry Default { get; } =
        new([new GroqProviderFactory(), new OpenAIProviderFactory(), new ElevenLabsProviderFactory()]);

    /// <summary>The kinds, in alphabetical order.</summary>
    public IReadOnlyList<ProviderKind> Kinds =>
        [.. _factories.Keys.OrderBy(kind => kind.Value, StringComparer.Ordinal)];

    /// <summary>These kinds and one more, which replaces a kind of the same name.</summary>
    /// <param name="factory">The kind.</param>
    public ProviderRegistry With(IProviderFactory factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        return new([.. _factories.Values.Where(known => known.Kind != factory.Kind), factory]);
    }

    /// <summary>Everything that is wrong with options; empty when providers can be made of them.</summary>
    /// <param name="providers">The options.</param>
    /// <param name="path">What the list is called in paths.</param>
    public IReadOnlyList<ConfigurationError> Validate(
        IReadOnlyList<ProviderOptions> providers,
        string path = "providers"
    )
    {
        ArgumentNullException.ThrowIfNull(providers);
        var all = new List<ConfigurationError>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (int index = 0; index < providers.Count; index++)
        {
            var errors = new ErrorList($"{path}[{index}]");
            if (providers[index] is not { } options)
            {
                errors.Add("", "is empty.");
                all.AddRange(errors.Errors);
                continue;
            }
            IProviderFactory? factory = Find(options.Kind);
            if (factory is null)
                errors.Add("kind", $"is none of {string.Join(", ", Kinds)}.");
            ProviderOptionsRules.Check(options, factory?.Services, errors);
            errors.AddIf(
                !names.Add(options.Name ?? ""),
                "name",
                $"{options.Name} is the name of another provider too."
            );
            factory?.Validate(options, errors);
            all.AddRange(errors.Errors);
        }
        return all;
    }

    /// <summary>Makes providers of options.</summary>
    /// <param name="providers">The options. Later changes have no effect.</param>
    /// <param name="environment">Clock, transport, log, catalogue. Null: the defaults.</param>
    /// <exception cref="ProviderConfigurationException">Something is wrong; it lists everything.</exception>
    public ProviderSet Create(IReadOnlyList<ProviderOptions> providers, ProviderEnvironment? environment = null)
    {
        IReadOnlyList<ConfigurationError> errors = Validate(providers);
        if (errors.Count > 0)
            throw new ProviderConfigurationException(errors);
        environment ??= new ProviderEnvironment();
        return new ProviderSet([.. providers.Select(options => Find(options.Kind)!.Create(options, environment))]);
    }

    private IProviderFactory? Find(string? kind) =>
        string.IsNullOrWhiteSpace(kind) ? null : _factories.GetValueOrDefault(new ProviderKind(kind));
}
