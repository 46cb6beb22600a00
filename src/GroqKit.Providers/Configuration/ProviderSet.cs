using System.Collections.Frozen;

namespace GroqKit.Providers.Configuration;

/// <summary>The providers of one configuration. Immutable; disposing of it disposes of them.</summary>
public sealed class ProviderSet : IDisposable
{
    private readonly FrozenDictionary<string, IProvider> _byName;

    /// <summary>Gathers providers.</summary>
    /// <param name="providers">With different names.</param>
    public ProviderSet(IReadOnlyList<IProvider> providers)
    {
        ArgumentNullException.ThrowIfNull(providers);
        All = [.. providers];
        _byName = All.ToFrozenDictionary(provider => provider.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The providers, in the order of configuration, switched off ones included.</summary>
    public IReadOnlyList<IProvider> All { get; }

    /// <summary>A provider by its name; null when there is none.</summary>
    /// <param name="name">The case of letters does not matter.</param>
    public IProvider? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Everything that is wrong with references to providers and models; empty when all lead somewhere.</summary>
    /// <param name="references">The references.</param>
    public IReadOnlyList<ConfigurationError> Validate(IEnumerable<ModelReference> references)
    {
        ArgumentNullException.ThrowIfNull(references);
        var errors = new List<ConfigurationError>();
        foreach (ModelReference reference in references)
        {
            ArgumentNullException.ThrowIfNull(reference, nameof(references));
            if (FindProblem(reference) is var (field, message))
                errors.Add(new ConfigurationError($"{reference.Path}.{field}", message));
        }
        return errors;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IProvider provider in All)
            provider.Dispose();
    }

    private (string Field, string Message)? FindProblem(ModelReference reference)
    {
        if (!Enum.IsDefined(reference.Service))
            return ("service", "is none of llm, stt, tts.");
        if (string.IsNullOrWhiteSpace(reference.Provider))
            return ("provider", "is missing.");
        if (Find(reference.Provider) is not { } provider)
            return (
                "provider",
                $"{reference.Provider} is none of {string.Join(", ", All.Select(known => known.Name))}."
            );
        string service = reference.Service.ToName();
        if (!provider.Services.Contains(reference.Service))
            return ("provider", $"{provider.Name} does not have the service {service}.");
        if (
            reference.Service is ProviderService.TextToSpeech
            && string.IsNullOrWhiteSpace(reference.Voice)
            && !provider.HasDefaultVoice
        )
            return (
                "voice",
                $"is missing: name one, or set voices.default of {provider.Name}, which has none built in."
            );
        if (reference.Model is not { } model)
        {
            return provider.DefaultModel(reference.Service) is null
                ? ("model", $"is missing, and {provider.Name} has no default model for {service}.")
                : null;
        }
        if (provider.FindModel(reference.Service, model) is not null)
            return null;
        // A model that is known for another service is a mistake; one that nobody knows may be new.
        ProviderModel? elsewhere = provider.Models.FirstOrDefault(known =>
            string.Equals(known.Id, model, StringComparison.OrdinalIgnoreCase)
        );
        if (elsewhere is not null)
            return ("model", $"{model} is a model for {elsewhere.Service.ToName()}, not for {service}.");
        return provider.Accepts(reference.Service, model)
            ? null
            : ("model", $"{model} is not among the models of {provider.Name} for {service}.");
    }
}
