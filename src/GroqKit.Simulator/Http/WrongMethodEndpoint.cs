using GroqKit.Simulator.Errors;

namespace GroqKit.Simulator.Http;

/// <summary>Answers every method that a known path does not take.</summary>
internal sealed class WrongMethodEndpoint(string allowed) : IApiEndpoint
{
    public Task HandleAsync(Exchange exchange)
    {
        HttpRequest request = exchange.Http.Request;
        exchange.Http.Response.Headers.Allow = allowed;
        throw new ApiException(ApiErrors.MethodNotAllowed(request.Method, request.Path.ToString(), allowed));
    }
}
