using GroqKit.Gateway.Services.Limits;
using GroqKit.Gateway.Services.Privacy;
using GroqKit.Gateway.Services.Screening;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Agents;

/// <summary>A name that callers use in place of a model, and that operators can point elsewhere at any time. Immutable.</summary>
internal sealed record Agent : IRecord
{
    public required string Tenant { get; init; }

    public required string Name { get; init; }

    /// <summary>For people.</summary>
    public string Description { get; init; } = "";

    /// <summary>What to do when a stream breaks after words were sent: one of <see cref="BreakModes"/>.</summary>
    public string OnBreak { get; init; } = BreakModes.Fail;

    /// <summary>For all calls of the agent together.</summary>
    public LimitPolicy Limits { get; init; } = LimitPolicy.Unlimited;

    /// <summary>For how many seconds its deterministic answers may be repeated; 0: not at all.</summary>
    public int CacheSeconds { get; init; }

    /// <summary>How it treats personal data.</summary>
    public AgentPrivacy Privacy { get; init; } = AgentPrivacy.None;

    /// <summary>Who looks at its input; null where nobody does.</summary>
    public AgentScreening? Screening { get; init; }

    public ServiceSettings? Llm { get; init; }

    public ServiceSettings? Stt { get; init; }

    public ServiceSettings? Tts { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public long Version { get; init; } = 1;

    string IRecord.Key => Name;

    public ServiceSettings? this[ServiceKind service] =>
        service switch
        {
            ServiceKind.Llm => Llm,
            ServiceKind.Stt => Stt,
            _ => Tts,
        };

    public Agent With(ServiceKind service, ServiceSettings? settings) =>
        service switch
        {
            ServiceKind.Llm => this with { Llm = settings },
            ServiceKind.Stt => this with { Stt = settings },
            _ => this with { Tts = settings },
        };

    /// <summary>Whether any of its services asks that provider.</summary>
    public bool Uses(string provider) =>
        new[] { Llm, Stt, Tts }.Any(settings =>
            settings is not null
            && (settings.Choice.Provider == provider || settings.Fallback.Any(link => link.Choice.Provider == provider))
        );
}
