namespace GroqKit.Gateway.Tests.Infrastructure.Telemetry;

/// <summary>What a collector gets of a span.</summary>
internal sealed record OtlpSpan(
    string Name,
    long Kind,
    string ParentId,
    IReadOnlyDictionary<string, object> Attributes
);
