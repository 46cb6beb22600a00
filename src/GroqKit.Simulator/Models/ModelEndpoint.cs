using GroqKit.Simulator.Errors;
using GroqKit.Simulator.FineTunings;
using GroqKit.Simulator.Http;

namespace GroqKit.Simulator.Models;

/// <summary><c>GET models/{id}</c>, and <c>DELETE</c> for a model that the key made itself.</summary>
internal sealed class ModelEndpoint(ModelCatalog models, FineTuningStore made) : IApiEndpoint
{
    public const string IdKey = "model";

    public Task HandleAsync(Exchange exchange)
    {
        // Routing decodes every escape except that of the slash, which model ids contain.
        string id = exchange.RouteText(IdKey).Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        if (HttpMethods.IsDelete(exchange.Http.Request.Method))
            return DeleteAsync(exchange, id);
        Model model = models.Find(id) ?? throw new ApiException(ApiErrors.ModelNotFound(id));
        return exchange.SendJsonAsync(json => ModelWriter.Write(json, model));
    }

    private Task DeleteAsync(Exchange exchange, string id)
    {
        if (made.ByModel(id, exchange.Key) is { } mine)
        {
            made.Remove(mine);
            return exchange.SendDeletedAsync(id, "model");
        }

        throw new ApiException(
            models.Find(id) is null
                ? ApiErrors.ModelNotFound(id)
                : new ApiError(
                    StatusCodes.Status403Forbidden,
                    $"The model `{id}` is not yours to delete.",
                    "permissions_error",
                    Param: "model"
                )
        );
    }
}
