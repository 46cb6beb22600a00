namespace GroqKit.Simulator.Errors;

/// <summary>The errors that more than one part of the simulator answers with.</summary>
internal static class ApiErrors
{
    public const string InvalidRequest = "invalid_request_error";

    public const string ServerError = "internal_server_error";

    public static ApiError Invalid(string message, string? param = null, string? code = null) =>
        new(StatusCodes.Status400BadRequest, message, InvalidRequest, code, param);

    public static ApiError InvalidKey() =>
        new(StatusCodes.Status401Unauthorized, "Invalid API Key", InvalidRequest, "invalid_api_key");

    public static ApiError UnknownUrl(string method, string path) =>
        new(
            StatusCodes.Status404NotFound,
            $"Unknown request URL: {method} {path}. Chat is at POST /openai/v1/chat/completions, models at GET /openai/v1/models.",
            InvalidRequest,
            "unknown_url"
        );

    public static ApiError MethodNotAllowed(string method, string path, string allowed) =>
        new(
            StatusCodes.Status405MethodNotAllowed,
            $"Method {method} is not allowed for {path}; it takes {allowed}.",
            InvalidRequest,
            "method_not_allowed"
        );

    public static ApiError NotFound(string message, string param) =>
        new(StatusCodes.Status404NotFound, message, InvalidRequest, "not_found", param);

    public static ApiError ModelNotFound(string model) =>
        new(
            StatusCodes.Status404NotFound,
            $"The model `{model}` does not exist or you do not have access to it.",
            InvalidRequest,
            "model_not_found",
            "model"
        );

    public static ApiError ModelDecommissioned(string model, string? replacement) =>
        Invalid(
            $"The model `{model}` has been decommissioned and is no longer supported. "
                + (replacement is null ? "It has no named replacement." : $"Its replacement is `{replacement}`."),
            "model",
            "model_decommissioned"
        );

    public static ApiError BodyTooLarge(long limit) =>
        new(
            StatusCodes.Status413PayloadTooLarge,
            $"Request Entity Too Large: the body may have at most {limit} bytes",
            InvalidRequest,
            "request_too_large"
        );

    public static ApiError ContextLengthExceeded() =>
        Invalid("Please reduce the length of the messages or completion.", "messages", "context_length_exceeded");

    public static ApiError GenerationFailed(string message, string code, string generation) =>
        Invalid(message, code: code) with
        {
            FailedGeneration = generation,
        };
}
