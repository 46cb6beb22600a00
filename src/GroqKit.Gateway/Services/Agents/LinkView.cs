using System.Text.Json;

namespace GroqKit.Gateway.Services.Agents;

/// <summary>Whom an agent asks next, as the admin API shows it.</summary>
/// <param name="Provider">The provider's name.</param>
/// <param name="Model">What that provider calls the model.</param>
/// <param name="Config">Members that take the place of the service's for this model; null takes one away.</param>
internal sealed record LinkView(string Provider, string Model, JsonElement Config)
{
    public static LinkView Of(ChainLink link)
    {
        using JsonDocument config = JsonDocument.Parse(link.Config);
        return new LinkView(link.Choice.Provider, link.Choice.Model, config.RootElement.Clone());
    }
}
