using GroqKit.Gateway.Services.Limits;
using GroqKit.Gateway.Services.Privacy;
using GroqKit.Gateway.Services.Screening;

namespace GroqKit.Gateway.Services.Agents;

/// <summary>An agent as the admin API shows it.</summary>
/// <param name="Name">What callers write behind <c>agent/</c>.</param>
/// <param name="Description">For people.</param>
/// <param name="OnBreak">fail, continue, restart or hold.</param>
/// <param name="Limits">For all its calls together.</param>
/// <param name="CacheSeconds">For how long its deterministic answers may be repeated; 0 for not at all.</param>
/// <param name="Privacy">How it treats personal data, and who consented to let it leave.</param>
/// <param name="Screening">Which guard model looks at its input; null where none does.</param>
/// <param name="Llm">Who chats; null while nobody does.</param>
/// <param name="Stt">Who transcribes; null while nobody does.</param>
/// <param name="Tts">Who speaks; null while nobody does.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
/// <param name="Version">The number in its ETag.</param>
internal sealed record AgentView(
    string Name,
    string Description,
    string OnBreak,
    LimitPolicy Limits,
    int CacheSeconds,
    AgentPrivacy Privacy,
    AgentScreening? Screening,
    ServiceView? Llm,
    ServiceView? Stt,
    ServiceView? Tts,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    long Version
)
{
    public static AgentView Of(Agent agent) =>
        new(
            agent.Name,
            agent.Description,
            agent.OnBreak,
            agent.Limits,
            agent.CacheSeconds,
            agent.Privacy,
            agent.Screening,
            ServiceView.Of(agent.Llm),
            ServiceView.Of(agent.Stt),
            ServiceView.Of(agent.Tts),
            agent.CreatedAt,
            agent.UpdatedAt,
            agent.Version
        );
}
