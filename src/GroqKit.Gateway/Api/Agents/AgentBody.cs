using GroqKit.Gateway.Services.Limits;
using GroqKit.Gateway.Services.Screening;

namespace GroqKit.Gateway.Api.Agents;

/// <summary>The body that makes or changes an agent, for the API document.</summary>
internal sealed record AgentBody(
    string Name,
    string? Description,
    string? OnBreak,
    LimitPolicy? Limits,
    int? CacheSeconds,
    PrivacyBody? Privacy,
    AgentScreening? Screening,
    ServiceBody? Llm,
    ServiceBody? Stt,
    ServiceBody? Tts
);
