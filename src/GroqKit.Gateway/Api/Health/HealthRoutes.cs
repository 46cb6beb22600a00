using System.Text.Json;
using GroqKit.Gateway.Services.Providers;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Snapshots;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Api.Health;

/// <summary>
/// For load balancers and people, without a key: says what works and whether models are simulated, and nothing about callers,
/// addresses or volumes.
/// </summary>
internal static class HealthRoutes
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var lifetime = app.ServiceProvider.GetRequiredService<IHostApplicationLifetime>();
        var environment = app.ServiceProvider.GetRequiredService<EnvironmentConfiguration>();
        var connectivity = app.ServiceProvider.GetRequiredService<ProviderConnectivity>();
        Provider provider = environment.Default;
        var traffic = app.ServiceProvider.GetRequiredService<ProviderTraffic>();
        RouteGroupBuilder health = app.MapGroup("/health").WithMetadata(RouteAccess.Public);
        health.MapGet(
            "/live",
            context => WriteAsync(context, StatusCodes.Status200OK, json => json.WriteString("status"u8, "live"u8))
        );
        health.MapGet(
            "/ready",
            context => WriteReadyAsync(context, lifetime.ApplicationStopping.IsCancellationRequested, provider)
        );
        // By the traffic seen; who asks for a check gets the result of asking each provider.
        health.MapGet(
            "/providers",
            context =>
                WriteProvidersAsync(
                    context,
                    environment.Providers,
                    traffic,
                    context.Request.Query["check"] == "true" ? connectivity : null
                )
        );
    }

    private static Task WriteReadyAsync(HttpContext context, bool stopping, Provider provider) =>
        WriteAsync(
            context,
            stopping ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK,
            json =>
            {
                json.WriteString("status"u8, stopping ? "stopping"u8 : "ready"u8);
                json.WriteBoolean("simulated"u8, provider.Simulated);
            }
        );

    private static async Task WriteProvidersAsync(
        HttpContext context,
        IReadOnlyList<Provider> providers,
        ProviderTraffic traffic,
        ProviderConnectivity? asking
    )
    {
        ProviderCheck?[] checks = await Task.WhenAll(
            providers.Select(async provider =>
                asking is null ? null : await asking.CheckAsync(provider, context.RequestAborted)
            )
        );
        await WriteAsync(
            context,
            StatusCodes.Status200OK,
            json =>
            {
                json.WriteStartArray("providers"u8);
                for (int i = 0; i < providers.Count; i++)
                    WriteProvider(json, providers[i], traffic.Summarize(providers[i].Name), checks[i]);
                json.WriteEndArray();
            }
        );
    }

    private static void WriteProvider(
        Utf8JsonWriter json,
        Provider provider,
        ProviderTrafficSummary seen,
        ProviderCheck? check
    )
    {
        json.WriteStartObject();
        json.WriteString("name"u8, provider.Name);
        json.WriteBoolean("simulated"u8, provider.Simulated);
        json.WriteString(
            "status"u8,
            seen.Failing || check is { Ok: false } ? "failing"u8
                : seen.Calls == 0 && check is null ? "unknown"u8
                : "ok"u8
        );
        if ((check?.LatencyMs ?? seen.LastLatency?.TotalMilliseconds) is { } latency)
            json.WriteNumber("latencyMs"u8, Math.Round(latency, 1));
        else
            json.WriteNull("latencyMs"u8);
        if (seen.Latency is { } quick)
        {
            json.WriteStartObject("latency"u8);
            json.WriteNumber("p50"u8, quick.P50);
            json.WriteNumber("p95"u8, quick.P95);
            json.WriteNumber("p99"u8, quick.P99);
            json.WriteEndObject();
        }
        if (check is not null)
            json.WriteBoolean("reachable"u8, check.Status is not null);
        json.WriteEndObject();
    }

    private static async Task WriteAsync(HttpContext context, int status, Action<Utf8JsonWriter> members)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);
    }
}
