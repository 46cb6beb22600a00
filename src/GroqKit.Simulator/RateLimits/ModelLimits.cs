namespace GroqKit.Simulator.RateLimits;

/// <summary>What one key may ask of one model. Null means unlimited, and then no header is sent for it.</summary>
public sealed record ModelLimits
{
    /// <summary>RPM; reported only in the text of a 429.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>RPD; reported as <c>x-ratelimit-*-requests</c>.</summary>
    public int? RequestsPerDay { get; init; }

    /// <summary>TPM; reported as <c>x-ratelimit-*-tokens</c>. A single request above it is answered with 413.</summary>
    public int? TokensPerMinute { get; init; }

    /// <summary>TPD; reported only in the text of a 429.</summary>
    public int? TokensPerDay { get; init; }

    /// <summary>ASH; reported as <c>x-ratelimit-*-audio-seconds</c>. A single recording above it is answered with 413.</summary>
    public int? AudioSecondsPerHour { get; init; }

    /// <summary>ASD; reported only in the text of a 429.</summary>
    public int? AudioSecondsPerDay { get; init; }

    internal static ModelLimits Unlimited { get; } = new();
}
