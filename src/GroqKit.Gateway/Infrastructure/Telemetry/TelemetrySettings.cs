namespace GroqKit.Gateway.Infrastructure.Telemetry;

/// <summary>What is exported by OTLP; everything else about it the exporter reads from the standard <c>OTEL_*</c> settings itself.</summary>
/// <param name="Traces">Whether spans are.</param>
/// <param name="Metrics">Whether metrics are.</param>
internal sealed record TelemetrySettings(bool Traces, bool Metrics)
{
    public static TelemetrySettings Off { get; } = new(Traces: false, Metrics: false);
}
