using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Http;

namespace GroqKit.Simulator.Models;

internal sealed class ModelEndpoint(ModelCatalog models) : IApiEndpoint
{
    public const string IdKey = "model";

    public Task HandleAsync(Exchange exchange)
    {
        // Routing decodes every escape except that of the slash, which model ids contain.
        string raw = exchange.Http.GetRouteValue(IdKey) as string ?? "";
        string id = raw.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        Model model = models.Find(id) ?? throw new ApiException(ApiErrors.ModelNotFound(id));
        return exchange.SendJsonAsync(json => ModelWriter.Write(json, model));
    }
}
