using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace GroqKit.Gateway.Infrastructure.Telemetry;

/// <summary>
/// Exports spans and metrics by OTLP for as long as the gateway runs; what is left is sent when it stops. Where the exporter can't reach its
/// collector, calls don't notice.
/// </summary>
internal sealed class TelemetryExport(TelemetrySettings settings, IConfiguration configuration)
    : IHostedService,
        IDisposable
{
    private const string ServiceName = "groqkit-gateway";

    // How long stopping may wait for a collector.
    private const int FlushMilliseconds = 3_000;

    private static readonly string[] Sources = ["Microsoft.AspNetCore", "System.Net.Http", "GroqKit", "GroqKit.*"];

    private static readonly string[] Meters =
    [
        "GroqKit",
        "GroqKit.*",
        "System.Runtime",
        "System.Net.Http",
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
    ];

    private TracerProvider? _tracer;
    private MeterProvider? _meter;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.Traces)
        {
            _tracer = Sdk.CreateTracerProviderBuilder()
                .ConfigureServices(Configure)
                .ConfigureResource(Describe)
                .AddSource(Sources)
                .AddOtlpExporter()
                .Build();
        }
        if (settings.Metrics)
        {
            _meter = Sdk.CreateMeterProviderBuilder()
                .ConfigureServices(Configure)
                .ConfigureResource(Describe)
                .AddMeter(Meters)
                .AddOtlpExporter()
                .Build();
        }
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.Run(
            () =>
            {
                _tracer?.ForceFlush(FlushMilliseconds);
                _meter?.ForceFlush(FlushMilliseconds);
            },
            CancellationToken.None
        );

    public void Dispose()
    {
        _tracer?.Dispose();
        _meter?.Dispose();
    }

    // The settings come from where all settings come from, the environment among them.
    private void Configure(IServiceCollection services) => services.AddSingleton(configuration);

    // What OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES say goes before.
    private static void Describe(ResourceBuilder resource) =>
        resource
            .Clear()
            .AddService(
                ServiceName,
                serviceVersion: typeof(TelemetryExport).Assembly.GetName().Version?.ToString(3),
                serviceInstanceId: Environment.MachineName
            )
            .AddTelemetrySdk()
            .AddEnvironmentVariableDetector();
}
