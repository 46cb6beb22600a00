using GroqKit.Gateway.Infrastructure.Telemetry;

namespace GroqKit.Gateway.Infrastructure.Configuration;

/// <summary>Reads from OpenTelemetry's standard settings whether anything is exported, and checks what the exporter would stumble over.</summary>
internal static class OtlpSettings
{
    private const string EndpointPath = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string TracesEndpointPath = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
    private const string MetricsEndpointPath = "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT";
    private const string ProtocolPath = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private const string DisabledPath = "OTEL_SDK_DISABLED";
    private const string TracesPath = "OTEL_TRACES_EXPORTER";
    private const string MetricsPath = "OTEL_METRICS_EXPORTER";
    private const string Otlp = "otlp";
    private const string None = "none";

    private static readonly string[] Protocols = ["grpc", "http/protobuf"];

    public static TelemetrySettings Read(SettingsReader reader)
    {
        bool both = ReadEndpoint(reader, EndpointPath);
        bool traces = ReadEndpoint(reader, TracesEndpointPath) || both;
        bool metrics = ReadEndpoint(reader, MetricsEndpointPath) || both;
        if (reader.Text(ProtocolPath) is { } protocol && !Protocols.Contains(protocol, StringComparer.Ordinal))
            reader.Fail(ProtocolPath, $"'{protocol}' must be one of {string.Join(", ", Protocols)}");
        traces &= ReadExporter(reader, TracesPath);
        metrics &= ReadExporter(reader, MetricsPath);
        bool disabled = string.Equals(reader.Text(DisabledPath), "true", StringComparison.OrdinalIgnoreCase);
        return disabled ? TelemetrySettings.Off : new TelemetrySettings(traces, metrics);
    }

    private static bool ReadExporter(SettingsReader reader, string path)
    {
        switch (reader.Text(path))
        {
            case null or Otlp:
                return true;
            case None:
                return false;
            case var other:
                reader.Fail(path, $"'{other}' must be {Otlp} or {None}");
                return false;
        }
    }

    private static bool ReadEndpoint(SettingsReader reader, string path)
    {
        if (reader.Text(path) is not { } text)
            return false;
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https")
            return true;
        reader.Fail(path, $"'{text}' is not an http or https address, for example http://collector:4317");
        return false;
    }
}
