using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;

namespace GroqKit.Gateway.Dashboard.Own;

/// <summary>Finds the gateway's own routes, so that pages can call them without a connection.</summary>
internal sealed class OwnRoutes(EndpointDataSource endpoints)
{
    private readonly Lazy<IReadOnlyList<(TemplateMatcher Matcher, RouteEndpoint Route)>> _routes = new(() =>
        [
            .. endpoints
                .Endpoints.OfType<RouteEndpoint>()
                .Where(route => IsOpen(route.RoutePattern))
                .OrderBy(route => route.RoutePattern.InboundPrecedence)
                .Select(route => (new TemplateMatcher(new RouteTemplate(route.RoutePattern), []), route)),
        ]
    );

    /// <summary>The route that serves a call, with its values set; null when none does.</summary>
    public RouteEndpoint? Find(string method, PathString path, RouteValueDictionary values)
    {
        foreach ((TemplateMatcher matcher, RouteEndpoint route) in _routes.Value)
        {
            if (route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains(method) != true)
                continue;
            values.Clear();
            if (matcher.TryMatch(path, values))
                return route;
        }
        values.Clear();
        return null;
    }

    // Those that ask for a key. The dashboard's own are not among them.
    private static bool IsOpen(RoutePattern pattern) =>
        pattern.RawText is { } text
        && (text.StartsWith("/api/", StringComparison.Ordinal) || text.StartsWith("/v1/", StringComparison.Ordinal));
}
