using GroqKit.Simulator.Http;

namespace GroqKit.Simulator.Batches;

/// <summary><c>GET batches/{id}</c> and <c>POST batches/{id}/cancel</c>.</summary>
internal sealed class BatchEndpoint(BatchStore store) : IApiEndpoint
{
    public const string IdKey = "batch_id";

    public Task HandleAsync(Exchange exchange)
    {
        Batch batch = store.Get(exchange.RouteText(IdKey), exchange.Key);
        if (HttpMethods.IsPost(exchange.Http.Request.Method))
            store.Enter(batch, "cancelling");
        return BatchesEndpoint.SendAsync(exchange, store, batch);
    }
}
