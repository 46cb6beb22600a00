namespace GroqKit.Tests.Telemetry;

/// <summary>One value that an instrument was given.</summary>
internal sealed record Measurement(
    string Instrument,
    double Value,
    SortedDictionary<string, object?> Tags,
    bool IsGauge
);
