using GroqKit.Simulator.Errors;

namespace GroqKit.Simulator.RateLimits;

internal static class RateLimitErrors
{
    public const string Organization = "org_simulator";

    private const string Code = "rate_limit_exceeded";

    public static ApiError Reached(string model, RateBucket bucket, int requested, TimeSpan wait) =>
        new(
            StatusCodes.Status429TooManyRequests,
            $"Rate limit reached for model `{model}` in organization `{Organization}` service tier `on_demand` on "
                + $"{bucket.Kind.Name} ({bucket.Kind.Abbreviation}): Limit {bucket.Limit}, Used {bucket.Used}, "
                + $"Requested {requested}. Please try again in {GoDuration.Format(wait)}.",
            bucket.Kind.ErrorType,
            Code
        )
        {
            RetryAfter = wait,
        };

    /// <summary>One request above the whole limit can never succeed: 413, and no <c>retry-after</c>.</summary>
    public static ApiError TooLarge(string model, RateBucket bucket, int requested) =>
        new(
            StatusCodes.Status413PayloadTooLarge,
            $"Request too large for model `{model}` in organization `{Organization}` service tier `on_demand` on "
                + $"{bucket.Kind.Name} ({bucket.Kind.Abbreviation}): Limit {bucket.Limit}, Requested {requested}, "
                + "please reduce your message size and try again.",
            bucket.Kind.ErrorType,
            Code
        );
}
