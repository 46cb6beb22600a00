namespace GroqKit.Simulator.Http;

/// <summary>A method and a path below the API's prefix, and what answers there.</summary>
internal sealed record ApiRoute(string Method, string Path, IApiEndpoint Endpoint);
