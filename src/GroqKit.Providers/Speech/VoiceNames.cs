using System.Collections.Frozen;
using GroqKit.Providers.Configuration;

namespace GroqKit.Providers.Speech;

/// <summary>Portable names of voices, as one provider calls them.</summary>
internal sealed class VoiceNames(ProviderOptions options)
{
    private readonly FrozenDictionary<string, string> _voices = options.Voices.ToFrozenDictionary(
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>The provider's name for a voice, or for the voice of calls that name none; null when there is no such.</summary>
    public string? Find(string? name) =>
        string.IsNullOrWhiteSpace(name) ? _voices.GetValueOrDefault("default") : _voices.GetValueOrDefault(name, name);
}
