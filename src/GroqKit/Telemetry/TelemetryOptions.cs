namespace GroqKit.Telemetry;

/// <summary>
/// What a client tells about its calls through .NET's activities and meters, both named <c>GroqKit</c>. Without a listener nothing is
/// made and nothing costs.
/// </summary>
public sealed class TelemetryOptions
{
    /// <summary>Whether there is any telemetry. Default: true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// Which names are used. Default: <see cref="TelemetryConvention.Next"/> when the environment's
    /// <c>OTEL_SEMCONV_STABILITY_OPT_IN</c> holds <c>gen_ai_latest_experimental</c>, else <see cref="TelemetryConvention.V141"/>.
    /// </summary>
    public TelemetryConvention? Convention { get; set; }

    /// <summary>Whether a call makes a GenAI span and GenAI metrics. Default: <see cref="OperationSpans.Auto"/>.</summary>
    public OperationSpans OperationSpans { get; set; } = OperationSpans.Auto;

    /// <summary>
    /// Whether spans hold what was asked and answered, each part cut at 8 KiB, without images. They may hold personal data. Default: the
    /// environment's <c>OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT</c>, else no.
    /// </summary>
    public bool? CaptureContent { get; set; }

    /// <summary>
    /// Whether the server is sent the <c>traceparent</c> of the call. Has no effect on a transport that was passed in. Default: no, since
    /// the server belongs to somebody else.
    /// </summary>
    public bool PropagateTraceContext { get; set; }

    /// <summary>
    /// Models that metrics name besides those of the catalogue. Every other is <c>_OTHER</c>, so that callers who send made-up names
    /// cannot fill a metrics store.
    /// </summary>
    public IList<string> KnownModels { get; set; } = [];

    /// <summary>How many calls to each model the latencies are taken from, 1 to 10,000. Default: 100.</summary>
    public int LatencySamples { get; set; } = 100;

    internal IEnumerable<string> Validate()
    {
        if (LatencySamples is < 1 or > 10_000)
            yield return $"{nameof(LatencySamples)} must be from 1 to 10,000.";
        if (Convention is { } convention && convention is < TelemetryConvention.V141 or > TelemetryConvention.Both)
            yield return $"{nameof(Convention)} must be V141, Next or Both.";
        if (!Enum.IsDefined(OperationSpans))
            yield return $"{nameof(OperationSpans)} must be Auto, Always or Never.";
        if (KnownModels is null)
            yield return $"{nameof(KnownModels)} must not be null.";
    }

    internal TelemetryConvention FindConvention(Func<string, string?> environment)
    {
        if (Convention is { } convention)
            return convention;
        string? optIn = environment("OTEL_SEMCONV_STABILITY_OPT_IN");
        return optIn?.Split(',', StringSplitOptions.TrimEntries).Contains("gen_ai_latest_experimental") is true
            ? TelemetryConvention.Next
            : TelemetryConvention.V141;
    }

    internal bool FindCaptureContent(Func<string, string?> environment) =>
        CaptureContent
        ?? string.Equals(
            environment("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"),
            "true",
            StringComparison.OrdinalIgnoreCase
        );
}
