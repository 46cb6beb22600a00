using System.Net;
using GroqKit.Gateway.Api.OpenAi;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Api.Health;

/// <summary>
/// <c>/metrics</c>. It tells volumes and costs, so it is for who calls from this machine, and for others with a key
/// (<c>authorization</c> in Prometheus's scrape settings). What came through a proxy isn't from this machine.
/// </summary>
internal static class MetricsRoute
{
    private const string Format = "text/plain; version=0.0.4; charset=utf-8";

    private static readonly string[] ProxyHeaders = ["Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"];

    public static void MapMetrics(this IEndpointRouteBuilder app)
    {
        var page = app.ServiceProvider.GetRequiredService<IMetricsPage>();
        var gate = app.ServiceProvider.GetRequiredService<CallerGate>();
        app.MapGet(
                "/metrics",
                async context =>
                {
                    try
                    {
                        if (!IsFromHere(context))
                            gate.Admit(context.Request, Scopes.UsageRead);
                    }
                    catch (GatewayException refused)
                    {
                        await ErrorAnswer.WriteAsync(context.Response, refused);
                        return;
                    }
                    context.Response.ContentType = Format;
                    context.Response.Headers.CacheControl = "no-store";
                    await context.Response.WriteAsync(page.Write(), context.RequestAborted);
                }
            )
            .WithMetadata(RouteAccess.ThisMachine);
    }

    private static bool IsFromHere(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address)
        && !ProxyHeaders.Any(context.Request.Headers.ContainsKey);
}
