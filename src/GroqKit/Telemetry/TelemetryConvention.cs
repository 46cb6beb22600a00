namespace GroqKit.Telemetry;

/// <summary>Which release of OpenTelemetry's GenAI conventions names the spans' attributes and the metrics.</summary>
[Flags]
public enum TelemetryConvention
{
    /// <summary>v1.41, the last release, which most dashboards know.</summary>
    V141 = 1,

    /// <summary>The names of the successor, which is not released yet.</summary>
    Next = 2,

    /// <summary>Both side by side.</summary>
    Both = V141 | Next,
}
