using GroqKit.Simulator.Http;

namespace GroqKit.Simulator.FineTunings;

/// <summary><c>GET</c> and <c>DELETE /v1/fine_tunings/{id}</c>.</summary>
internal sealed class FineTuningEndpoint(FineTuningStore store) : IApiEndpoint
{
    public const string IdKey = "id";

    public Task HandleAsync(Exchange exchange)
    {
        FineTuning made = store.Get(exchange.RouteText(IdKey), exchange.Key);
        if (!HttpMethods.IsDelete(exchange.Http.Request.Method))
            return FineTuningsEndpoint.SendAsync(exchange, made);
        store.Remove(made);
        return exchange.SendDeletedAsync(made.Id, "fine_tuning");
    }
}
