using System.Collections.Immutable;
using System.Text;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Privacy;

namespace GroqKit.Gateway.Services.Routing;

/// <summary>Where a model name leads.</summary>
/// <param name="Provider">Who serves it.</param>
/// <param name="Model">What the provider calls it.</param>
/// <param name="Renamed">True when the caller used another name.</param>
internal sealed record ModelRoute(Provider Provider, string Model, bool Renamed)
{
    /// <summary>True while the model is still to be read, from behind a long file.</summary>
    public bool IsUnnamed { get; init; }

    /// <summary>True when the caller named the provider too: then the model is asked as it is.</summary>
    public bool IsExact { get; init; }

    /// <summary>Set where the order of the chain is each request's to find.</summary>
    public RouteChoice? Choice { get; init; }

    /// <summary>The agent that the caller named; null when it named a model.</summary>
    public Agent? Agent { get; init; }

    /// <summary>What is done with the words of its calls; null where nothing is.</summary>
    public CallGuard? Guard { get; init; }

    /// <summary>What the agent's settings add to a request.</summary>
    public AgentDefaults? Defaults { get; init; }

    /// <summary>Whether an agent names a voice for just this one.</summary>
    public bool HasOwnVoice { get; init; }

    /// <summary>Whom to ask next when the provider can't serve, in order.</summary>
    public ImmutableArray<ModelRoute> Fallback { get; init; } = [];

    /// <summary>The JSON string to put in place of the caller's model value. Model names need no escaping.</summary>
    public ReadOnlyMemory<byte> ModelJson { get; } = Renamed ? Encoding.ASCII.GetBytes($"\"{Model}\"") : default;
}
