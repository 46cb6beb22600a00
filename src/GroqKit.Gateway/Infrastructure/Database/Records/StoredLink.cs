using System.Text.Json;
using System.Text.Json.Serialization;
using GroqKit.Gateway.Services.Agents;

namespace GroqKit.Gateway.Infrastructure.Database.Records;

/// <summary>A <see cref="ChainLink"/> inside a column.</summary>
/// <param name="Provider">The provider's name.</param>
/// <param name="Model">What that provider calls the model.</param>
/// <param name="Config">Absent where there is none: nodes that know of none read the rest.</param>
internal sealed record StoredLink(
    string Provider,
    string Model,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? Config = null
)
{
    public static StoredLink Of(ChainLink link)
    {
        if (link.Config == ServiceSettings.NoConfig)
            return new StoredLink(link.Choice.Provider, link.Choice.Model);
        using JsonDocument config = JsonDocument.Parse(link.Config);
        return new StoredLink(link.Choice.Provider, link.Choice.Model, config.RootElement.Clone());
    }

    public ChainLink ToLink() =>
        new(new ModelChoice(Provider, Model), Config?.GetRawText() ?? ServiceSettings.NoConfig);
}
