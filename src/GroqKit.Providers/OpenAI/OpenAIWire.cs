using GroqKit.Providers.Configuration;
using GroqKit.Providers.Wire;

namespace GroqKit.Providers.OpenAI;

/// <summary>How OpenAI is called.</summary>
internal static class OpenAIWire
{
    public static ProviderWire Describe(ProviderOptions options)
    {
        var headers = new Dictionary<string, string>(options.Headers, StringComparer.OrdinalIgnoreCase);
        if (options.Settings.TryGetValue(OpenAIProviderFactory.Organization, out string? organization))
            headers["OpenAI-Organization"] = organization;
        if (options.Settings.TryGetValue(OpenAIProviderFactory.Project, out string? project))
            headers["OpenAI-Project"] = project;
        return new ProviderWire
        {
            Dialect = WireDialect.OpenAI,
            KeyHeader = "Authorization",
            KeyPrefix = "Bearer ",
            RequestIdHeader = "x-request-id",
            Headers = headers,
            Paths = Paths,
        };
    }

    /// <summary>The paths of everyone who speaks this dialect, Groq included.</summary>
    public static IReadOnlyDictionary<WireOperation, string> Paths { get; } =
        new Dictionary<WireOperation, string>
        {
            [WireOperation.Chat] = "chat/completions",
            [WireOperation.Transcription] = "audio/transcriptions",
            [WireOperation.Translation] = "audio/translations",
            [WireOperation.Speech] = "audio/speech",
            [WireOperation.Embeddings] = "embeddings",
            [WireOperation.Models] = "models",
        };
}
