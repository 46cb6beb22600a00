using GroqKit.Providers.Configuration;

namespace GroqKit.Providers.ElevenLabs;

/// <summary>Makes providers of kind <c>elevenlabs</c>: text to speech and speech to text. Needs a key.</summary>
/// <remarks>
/// No voice is built in, since the vendor ends its own by the end of 2026: <c>voices.default</c> names the voice of calls that name none.
/// Setting <c>enable_logging</c> (<c>true</c> by default): <c>false</c> asks for zero retention, which needs an enterprise account.
/// Speech tells when each word is heard where <see cref="SpeechProperties.WordTimes"/> asks for it.
/// </remarks>
public sealed class ElevenLabsProviderFactory : IProviderFactory
{
    internal const string EnableLogging = "enable_logging";

    /// <inheritdoc/>
    public ProviderKind Kind => ProviderKind.ElevenLabs;

    /// <inheritdoc/>
    public IReadOnlyList<ProviderService> Services => ElevenLabsProvider.AllServices;

    /// <inheritdoc/>
    public void Validate(ProviderOptions options, ErrorList errors)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(errors);
        KindRules.RequireKey(options, errors);
        KindRules.CheckSettings(options, errors, EnableLogging);
        KindRules.CheckDefaultModels(options, Kind, errors);
        if (options.Settings.TryGetValue(EnableLogging, out string? logging))
            errors.AddIf(!bool.TryParse(logging, out _), $"settings.{EnableLogging}", "must be true or false.");
    }

    /// <inheritdoc/>
    public IProvider Create(ProviderOptions options, ProviderEnvironment environment) =>
        new ElevenLabsProvider(options, environment);
}
