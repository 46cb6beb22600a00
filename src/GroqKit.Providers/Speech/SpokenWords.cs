using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Speech;

/// <summary>Puts words where callers look for them.</summary>
internal static class SpokenWords
{
    /// <summary>The same properties with the words; null when there is nothing at all.</summary>
    public static AdditionalPropertiesDictionary? With(
        IReadOnlyList<SpokenWord>? words,
        AdditionalPropertiesDictionary? properties
    )
    {
        if (words?.Count > 0)
            (properties ??= [])[SpeechProperties.Words] = words;
        return properties;
    }
}
