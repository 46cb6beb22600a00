using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Services.Errors;

/// <summary>What can be wrong with a request, in one place so that codes stay the same everywhere.</summary>
internal static class RequestErrors
{
    public static GatewayException Missing(string param) =>
        Refuse(400, "missing_required_parameter", $"'{param}' is required.", param);

    public static GatewayException WrongType(string param, string expected) =>
        Refuse(400, "invalid_type", $"'{param}' must be {expected}.", param);

    public static GatewayException WrongValue(string param, string rule) =>
        Refuse(400, "invalid_value", $"'{param}' {rule}.", param);

    public static GatewayException TooMany(string param, int limit) =>
        Refuse(400, "array_above_max_length", $"'{param}' has more than {limit} items, the most allowed.", param);

    public static GatewayException Duplicate(string param) =>
        Refuse(400, "duplicate_parameter", $"'{param}' appears more than once; which one counts is undefined.", param);

    public static GatewayException InvalidJson(string reason) => Refuse(400, "invalid_json", reason);

    public static GatewayException InvalidHttp(int status, string reason) =>
        Refuse(status, "invalid_http_request", reason);

    public static GatewayException UnsupportedEncoding() =>
        Refuse(415, "unsupported_content_encoding", "Send the body without Content-Encoding.", "content-encoding");

    public static GatewayException TooLarge(string limitName, long limit) =>
        Refuse(413, "request_too_large", $"The body is larger than {limitName}, which is {limit:N0} bytes.", "body");

    public static GatewayException UnknownAgent(string model) =>
        Refuse(404, "model_not_found", $"The agent '{model}' does not exist.", "model");

    public static GatewayException UnknownPath(string method, string path) =>
        Refuse(404, "unknown_url", $"There is nothing at {method} {path}.");

    public static GatewayException WrongMethod(string method, string path, string allowed) =>
        Refuse(405, "method_not_allowed", $"{path} takes {allowed}, not {method}.");

    public static GatewayException KeyMissing() =>
        Refuse(401, "invalid_api_key", "No API key. Send it as 'Authorization: Bearer YOUR_KEY'.");

    public static GatewayException KeyUnknown() =>
        Refuse(401, "invalid_api_key", "The API key is not known to this gateway.");

    public static GatewayException KeyMistyped() =>
        Refuse(401, "invalid_api_key", "The API key's checksum is wrong: it looks mistyped or cut short.");

    /// <summary>The account of a call couldn't be kept, so the call isn't made.</summary>
    public static GatewayException UsageJournalFull() =>
        new(
            new GatewayError(
                503,
                ErrorTypes.Server,
                "usage_journal_full",
                "The gateway can't record usage now, so it takes no calls. The operator has to bring the database back or make room."
            ),
            Outcome.Refused
        )
        {
            RetryAfter = "5",
        };

    private static GatewayException Refuse(int status, string code, string message, string? param = null) =>
        new(new GatewayError(status, ErrorTypes.InvalidRequest, code, message, param), Outcome.Refused);
}
