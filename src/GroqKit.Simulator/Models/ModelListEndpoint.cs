using GroqKit.Simulator.Http;

namespace GroqKit.Simulator.Models;

internal sealed class ModelListEndpoint(ModelCatalog models) : IApiEndpoint
{
    public Task HandleAsync(Exchange exchange) =>
        exchange.SendJsonAsync(json => ModelWriter.WriteList(json, models.Listed));
}
