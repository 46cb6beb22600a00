namespace GroqKit.Simulator.Http;

/// <summary>One path of the API. Throws <see cref="Errors.ApiException"/> for every mistake of the caller.</summary>
internal interface IApiEndpoint
{
    Task HandleAsync(Exchange exchange);
}
