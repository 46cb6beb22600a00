namespace GroqKit.Providers.Configuration;

/// <summary>A place in configuration that names a provider and its model: an agent's choice, a step of a fallback chain.</summary>
/// <param name="Path">Where it stands, for example <c>agents[0].providers.tts</c>.</param>
/// <param name="Service">The service it is for.</param>
/// <param name="Provider">The provider's name.</param>
/// <param name="Model">The model; null for the provider's default.</param>
/// <param name="Voice">For speech, the voice that its calls name; null when they name none and rely on the provider's default.</param>
public sealed record ModelReference(
    string Path,
    ProviderService Service,
    string Provider,
    string? Model = null,
    string? Voice = null
);
