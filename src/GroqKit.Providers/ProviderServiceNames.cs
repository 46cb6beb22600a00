namespace GroqKit.Providers;

/// <summary>The short words for services, as configuration, addresses and logs spell them.</summary>
public static class ProviderServiceNames
{
    /// <summary>Every service, in the order of their values.</summary>
    public static IReadOnlyList<ProviderService> All { get; } =
    [ProviderService.Llm, ProviderService.SpeechToText, ProviderService.TextToSpeech];

    /// <summary><c>llm</c>, <c>stt</c> or <c>tts</c>.</summary>
    /// <param name="service">The service.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the services.</exception>
    public static string ToName(this ProviderService service) =>
        service switch
        {
            ProviderService.Llm => "llm",
            ProviderService.SpeechToText => "stt",
            ProviderService.TextToSpeech => "tts",
            _ => throw new ArgumentOutOfRangeException(nameof(service), service, "There is no such service."),
        };

    /// <summary>The service of a word; null when there is none.</summary>
    /// <param name="name">The case of letters does not matter.</param>
    public static ProviderService? FromName(string? name)
    {
        foreach (ProviderService service in All)
        {
            if (string.Equals(service.ToName(), name, StringComparison.OrdinalIgnoreCase))
                return service;
        }
        return null;
    }
}
