using GroqKit.Simulator.Errors;
using GroqKit.Simulator.RateLimits;

namespace GroqKit.Simulator.Faults.Effects;

/// <summary>The errors that Groq answers with, by status; bodies as in its documentation and in recorded traffic.</summary>
internal static class StatusFaults
{
    private const string Model = "sim/429";

    private static readonly FaultParameter RetryAfter = new(
        "retry-after",
        "seconds in the retry-after header",
        1,
        0,
        86_400
    );

    public static IReadOnlyList<FaultDefinition> Definitions { get; } =
    [
        Fixed("a request that is refused", ApiErrors.Invalid("The simulator refuses this request as malformed.")),
        Fixed("a wrong key", ApiErrors.InvalidKey()),
        Fixed(
            "a model that the organization has blocked",
            new ApiError(
                403,
                "The model is blocked at the organization level.",
                "permissions_error",
                "model_permission_blocked_org"
            )
        ),
        Fixed("a model that does not exist", ApiErrors.ModelNotFound("sim/404")),
        Fixed("a timeout", new ApiError(408, "The request timed out.", ApiErrors.ServerError)),
        Fixed("a conflict", new ApiError(409, "The request conflicts with another one.", ApiErrors.InvalidRequest)),
        Fixed(
            "one request larger than the tokens per minute",
            RateLimitErrors.TooLarge("sim/413", Bucket(8_000), 9_000)
        ),
        Fixed(
            "a request that cannot be followed",
            new ApiError(422, "The request was well-formed but could not be followed.", ApiErrors.InvalidRequest)
        ),
        Fixed(
            "a remote tool server that failed",
            new ApiError(
                424,
                "A dependency of this request answered with an error.",
                "external_connector_error",
                "http_error",
                "tools"
            )
        ),
        new(
            "429",
            "a rate limit reached",
            [RetryAfter],
            arguments => new StatusFault(RateLimited(arguments[RetryAfter.Name]))
        ),
        Fixed(
            "no capacity left in the flex tier",
            new ApiError(
                498,
                "The flex tier has no capacity for this request.",
                ApiErrors.ServerError,
                "capacity_exceeded"
            )
        ),
        Fixed("an error inside the server", new ApiError(500, "Internal Server Error", ApiErrors.ServerError)),
        Fixed(
            "a model over capacity",
            new ApiError(
                503,
                "The model is currently over capacity. Please try again and back off exponentially.",
                ApiErrors.ServerError
            )
        ),
        Fixed("a gateway timeout", new ApiError(504, "The upstream did not answer in time.", ApiErrors.ServerError)),
        Fixed("an overloaded site", new ApiError(529, "The service is overloaded.", ApiErrors.ServerError)),
    ];

    /// <summary>Errors that share their status with others and so go by their own name.</summary>
    public static IReadOnlyList<FaultDefinition> OthersByName { get; } =
    [
        Named("model-terms", "terms that nobody accepted yet", TermsRequired()),
        Named(
            "blocked-project",
            "a model that the project has blocked",
            new ApiError(
                403,
                "The model is blocked at the project level.",
                "permissions_error",
                "model_permission_blocked_project"
            )
        ),
        Named(
            "decommissioned",
            "a retired model",
            ApiErrors.ModelDecommissioned("sim/decommissioned", "openai/gpt-oss-20b")
        ),
        Named("context-length", "a prompt that is too long", ApiErrors.ContextLengthExceeded()),
        Named(
            "spend-limit",
            "a month's money that is spent",
            ApiErrors.Invalid("The spend limit of this organization is reached.", code: "blocked_api_access")
        ),
        Named(
            "tool-use-failed",
            "a call that could not be parsed",
            ApiErrors.GenerationFailed("Failed to call a function.", "tool_use_failed", "<function=simulated>{")
        ),
        Named(
            "json-validate-failed",
            "JSON that could not be made",
            ApiErrors.GenerationFailed("Failed to generate JSON.", "json_validate_failed", "{\"simulated\": ")
        ),
        Named(
            "output-parse-failed",
            "an answer that could not be parsed",
            ApiErrors.GenerationFailed("The output could not be parsed.", "output_parse_failed", "I think that")
        ),
    ];

    private static ApiError TermsRequired() =>
        ApiErrors.Invalid(
            "The model requires terms acceptance. An organization admin has to accept the terms in the console first.",
            "model",
            "model_terms_required"
        );

    private static FaultDefinition Named(string name, string summary, ApiError error) =>
        new(name, $"answers {error.Status} {error.Code}: {summary}", [], _ => new StatusFault(error));

    private static FaultDefinition Fixed(string summary, ApiError error) =>
        new(error.Status.ToString(), $"answers {error.Status}: {summary}", [], _ => new StatusFault(error));

    private static ApiError RateLimited(int seconds)
    {
        RateBucket bucket = Bucket(8_000);
        bucket.Take(8_000);
        return RateLimitErrors.Reached(Model, bucket, 100, TimeSpan.FromSeconds(seconds)) with
        {
            RetryAfter = TimeSpan.FromSeconds(seconds),
        };
    }

    private static RateBucket Bucket(int limit) => new(RateLimitKind.TokensPerMinute, limit, TimeProvider.System);
}
