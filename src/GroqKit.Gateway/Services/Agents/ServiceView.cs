using System.Text.Json;

namespace GroqKit.Gateway.Services.Agents;

/// <summary>What serves an agent, as the admin API shows it.</summary>
/// <param name="Provider">The provider's name.</param>
/// <param name="Model">What that provider calls the model.</param>
/// <param name="Config">Members that are added to requests that don't have them.</param>
/// <param name="Fallback">Whom to ask next, in order.</param>
internal sealed record ServiceView(string Provider, string Model, JsonElement Config, IReadOnlyList<LinkView> Fallback)
{
    public static ServiceView? Of(ServiceSettings? settings)
    {
        if (settings is null)
            return null;
        using JsonDocument config = JsonDocument.Parse(settings.Config);
        return new ServiceView(
            settings.Choice.Provider,
            settings.Choice.Model,
            config.RootElement.Clone(),
            [.. settings.Fallback.Select(LinkView.Of)]
        );
    }
}
