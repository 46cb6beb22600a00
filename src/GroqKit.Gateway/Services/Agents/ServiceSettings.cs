using System.Collections.Immutable;

namespace GroqKit.Gateway.Services.Agents;

/// <summary>What serves an agent, for one service.</summary>
/// <param name="Choice">Whom to ask.</param>
/// <param name="Config">A JSON object: members that are added to requests that don't have them.</param>
/// <param name="Fallback">Whom to ask next, in order.</param>
internal sealed record ServiceSettings(ModelChoice Choice, string Config, ImmutableArray<ChainLink> Fallback)
{
    public const string NoConfig = "{}";
}
