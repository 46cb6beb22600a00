namespace GroqKit.Gateway.Services.Providers;

/// <summary>How a provider speaks.</summary>
internal enum ProviderKind
{
    /// <summary>Groq: OpenAI's wire below <c>/openai/v1/</c>.</summary>
    Groq,

    /// <summary>OpenAI, and everything that is compatible, below <c>/v1/</c>.</summary>
    OpenAi,

    /// <summary>ElevenLabs: speech only.</summary>
    ElevenLabs,
}
