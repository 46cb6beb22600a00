namespace GroqKit.Simulator.RateLimits;

/// <summary>What a limit counts and over how long, in the words of Groq's messages.</summary>
internal sealed record RateLimitKind(string Name, string Abbreviation, string ErrorType, TimeSpan Window, RateUnit Unit)
{
    public static RateLimitKind RequestsPerMinute { get; } =
        new("requests per minute", "RPM", "requests", TimeSpan.FromMinutes(1), RateUnit.Requests);

    public static RateLimitKind RequestsPerDay { get; } =
        new("requests per day", "RPD", "requests", TimeSpan.FromDays(1), RateUnit.Requests);

    public static RateLimitKind TokensPerMinute { get; } =
        new("tokens per minute", "TPM", "tokens", TimeSpan.FromMinutes(1), RateUnit.Tokens);

    public static RateLimitKind TokensPerDay { get; } =
        new("tokens per day", "TPD", "tokens", TimeSpan.FromDays(1), RateUnit.Tokens);

    public static RateLimitKind AudioSecondsPerHour { get; } =
        new("seconds of audio per hour", "ASPH", "seconds", TimeSpan.FromHours(1), RateUnit.AudioSeconds);

    public static RateLimitKind AudioSecondsPerDay { get; } =
        new("seconds of audio per day", "ASPD", "seconds", TimeSpan.FromDays(1), RateUnit.AudioSeconds);
}
