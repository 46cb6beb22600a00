using GroqKit.Simulator.Errors;

namespace GroqKit.Simulator.Http;

internal sealed class UnknownUrlEndpoint : IApiEndpoint
{
    public Task HandleAsync(Exchange exchange)
    {
        HttpRequest request = exchange.Http.Request;
        throw new ApiException(exchange.Wire.UnknownUrl(request.Method, request.Path.ToString()));
    }
}
