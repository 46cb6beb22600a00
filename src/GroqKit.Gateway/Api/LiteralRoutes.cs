using System.Collections.Frozen;

namespace GroqKit.Gateway.Api;

/// <summary>
/// Takes calls to addresses without a variable part by one look at a table, ahead of the server's routing, which costs a call several times
/// that. The table holds the same endpoints, so whatever isn't found here, other spellings among it, is answered there just the same.
/// </summary>
internal sealed class LiteralRoutes(IEnumerable<EndpointDataSource> sources)
{
    // The endpoints are all there once the first call comes.
    private readonly Lazy<FrozenDictionary<string, Endpoint>> _posts = new(() =>
        sources
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern is { Parameters.Count: 0, RawText: not null } && IsPost(endpoint))
            .ToFrozenDictionary(
                endpoint => endpoint.RoutePattern.RawText!,
                Endpoint (endpoint) => endpoint,
                StringComparer.Ordinal
            )
    );

    /// <summary>The middleware.</summary>
    public RequestDelegate Before(RequestDelegate routing) =>
        context =>
        {
            if (
                !HttpMethods.IsPost(context.Request.Method)
                || context.Request.Path.Value is not { } path
                || !_posts.Value.TryGetValue(path, out Endpoint? endpoint)
            )
                return routing(context);
            context.SetEndpoint(endpoint);
            return endpoint.RequestDelegate!(context);
        };

    private static bool IsPost(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is { HttpMethods: [{ } method] }
        && HttpMethods.IsPost(method);
}
