using GroqKit.Providers.Configuration;

namespace GroqKit.Providers.Steering;

/// <summary>
/// Moves everything that names one provider to another, at once: all references can follow, or none is changed. Immutable.
/// </summary>
/// <param name="From">The provider's name.</param>
/// <param name="To">The name of the other.</param>
public sealed record ProviderMove(string From, string To)
{
    /// <summary>
    /// What the other calls the models, by what the first calls them. A model that is not here keeps its name where the other has it, else
    /// the other's default is taken.
    /// </summary>
    public IReadOnlyDictionary<string, string> Models { get; init; } = new Dictionary<string, string>();

    /// <summary>The references as they are after the move; those that name other providers stay as they are.</summary>
    /// <param name="references">All references, for example those of all agents.</param>
    /// <param name="providers">The providers.</param>
    /// <exception cref="ProviderConfigurationException">Some can't follow; it lists each with its path.</exception>
    public IReadOnlyList<ModelReference> Apply(IEnumerable<ModelReference> references, ProviderSet providers)
    {
        ArgumentNullException.ThrowIfNull(references);
        ArgumentNullException.ThrowIfNull(providers);
        if (providers.Find(To) is not { } target)
            throw new ProviderConfigurationException([new("to", $"{To} is the name of no provider.")]);
        ModelReference[] moved = [.. references.Select(reference => Move(reference, target))];
        IReadOnlyList<ConfigurationError> errors = providers.Validate(
            moved.Where(reference => reference.Provider == target.Name)
        );
        return errors.Count == 0 ? moved : throw new ProviderConfigurationException(errors);
    }

    private ModelReference Move(ModelReference reference, IProvider target)
    {
        if (!reference.Provider.Equals(From, StringComparison.OrdinalIgnoreCase))
            return reference;
        return reference with { Provider = target.Name, Model = ModelAt(target, reference) };
    }

    private string? ModelAt(IProvider target, ModelReference reference)
    {
        if (reference.Model is not { } model)
            return null;
        if (Models.TryGetValue(model, out string? other))
            return other;
        return target.FindModel(reference.Service, model) is null ? null : model;
    }
}
