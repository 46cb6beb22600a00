using GroqKit.Gateway.Infrastructure.Configuration;
using GroqKit.Gateway.Infrastructure.Telemetry;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Hosting;

/// <summary>Export by OTLP, where the operator has set a collector. Without one there is nothing of it, and calls pay nothing.</summary>
internal static class TelemetryServices
{
    private const string DescribeRequests = "Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData";

    public static void AddTelemetry(this IServiceCollection services, GatewaySettings settings)
    {
        TelemetrySettings telemetry = settings.Telemetry;
        if (telemetry == TelemetrySettings.Off)
            return;
        services.AddSingleton(telemetry);
        services.AddHostedService<TelemetryExport>();
        if (!telemetry.Traces)
            return;
        // Read once by the server, before its first request.
        AppContext.SetSwitch(DescribeRequests, isEnabled: false);
        services.AddSingleton<IUsageSink, CallSpans>();
    }

    public static void UseTelemetry(this WebApplication app) => app.Use(ServerSpan.DescribeAsync);
}
