namespace GroqKit.Gateway.Services.Agents;

/// <summary>What an agent uses a provider for.</summary>
internal enum ServiceKind
{
    Llm,
    Stt,
    Tts,
}
