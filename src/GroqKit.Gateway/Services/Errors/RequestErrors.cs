using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Services.Errors;

/// <summary>What can be wrong with a request, in one place so that codes stay the same everywhere.</summary>
internal static class RequestErrors
{
    private const int MaxShown = 128;

    public static GatewayException Missing(string param) =>
        Refuse(400, "missing_required_parameter", $"'{param}' is required.", param);

    public static GatewayException WrongType(string param, string expected) =>
        Refuse(400, "invalid_type", $"'{param}' must be {expected}.", param);

    public static GatewayException WrongValue(string param, string rule) =>
        Refuse(400, "invalid_value", $"'{param}' {rule}.", param);

    public static GatewayException Unknown(string param, IEnumerable<string> known) =>
        Refuse(
            400,
            "unknown_parameter",
            $"'{param}' is not a field here; the fields are {string.Join(", ", known)}.",
            param
        );

    public static GatewayException UnknownQuery(string param, IEnumerable<string> known) =>
        WrongValue(param, $"is not a parameter; there are {string.Join(", ", known)}");

    public static GatewayException TooMany(string param, int limit) =>
        Refuse(400, "array_above_max_length", $"'{param}' has more than {limit} items, the most allowed.", param);

    public static GatewayException Duplicate(string param) =>
        Refuse(400, "duplicate_parameter", $"'{param}' appears more than once; which one counts is undefined.", param);

    public static GatewayException Behind(string param) =>
        WrongValue(param, "stands behind the recording, where it is not read any more; it belongs before it");

    public static GatewayException InvalidJson(string reason) => Refuse(400, "invalid_json", reason);

    /// <param name="reason">What is wrong.</param>
    /// <param name="field">Where; null for the whole body.</param>
    public static GatewayException InvalidForm(string reason, string? field = null) =>
        Refuse(400, "invalid_form", reason, field is { Length: > 0 and <= MaxShown } ? field : "body");

    public static GatewayException InvalidHttp(int status, string reason) =>
        Refuse(status, "invalid_http_request", reason);

    /// <summary>What the server says of a body that it can't read; null when something else is the matter.</summary>
    public static GatewayException? Unreadable(IOException broken) =>
        broken switch
        {
            BadHttpRequestException bad => InvalidHttp(
                bad.StatusCode,
                "The request body can't be read: " + bad.Message
            ),
            // The length of a chunk doesn't fit: the one mistake that the server tells otherwise.
            { InnerException: OverflowException } => InvalidHttp(
                StatusCodes.Status400BadRequest,
                "The request body can't be read: " + broken.Message
            ),
            _ => null,
        };

    public static GatewayException UnsupportedEncoding() =>
        Refuse(415, "unsupported_content_encoding", "Send the body without Content-Encoding.", "content-encoding");

    public static GatewayException TooLarge(string limitName, long limit) =>
        Refuse(413, "request_too_large", $"The body is larger than {limitName}, which is {limit:N0} bytes.", "body");

    public static GatewayException UnknownAgent(string name, string param) =>
        Refuse(404, "model_not_found", $"The agent '{name}' does not exist.", param);

    public static GatewayException ClosedModel(string provider, string model) =>
        Refuse(404, "model_not_found", $"The model '{model}' of {provider} is not open on this gateway.", "model");

    public static GatewayException ModelLacks(string param, string lacking) =>
        Refuse(
            400,
            "model_lacks_capability",
            $"'{param}' leads to models that can't do what this request needs: {lacking}. Name another model; one whose provider you write in front is asked all the same.",
            param
        );

    public static GatewayException NoModelFits(string param, string name, string reason) =>
        Refuse(400, "model_lacks_capability", $"'{param}' is '{name}', and {reason}.", param);

    public static GatewayException UnknownModel(string name, string param) =>
        Refuse(404, "model_not_found", $"The model '{name}' does not exist.", param);

    public static GatewayException NoObject(string kind, string id, string param) =>
        Refuse(404, "not_found", $"There is no {kind} '{id}'.", param);

    public static GatewayException UnmeteredBatch(string unit) =>
        Refuse(
            403,
            "batch_not_permitted",
            $"This key has a limit of {unit}. What a batch uses is known only when it is over, so keys with such a limit can't start one."
        );

    public static GatewayException NotFound(string kind, string name) =>
        Refuse(404, "not_found", $"There is no {kind} '{name}'.");

    public static GatewayException EventsGone(string turn, long after, long first, long last) =>
        Refuse(
            409,
            "events_gone",
            last < first ? $"No event of the turn '{turn}' was given yet."
                : first == 0 ? $"Event {after} of the turn '{turn}' was not given: the last one is {last}."
                : $"The turn '{turn}' can be gone on with behind its events {first - 1} to {last}; those before are not kept any more.",
            "last-event-id"
        );

    public static GatewayException NotAcceptable(string wanted, IEnumerable<string> known) =>
        Refuse(
            406,
            "not_acceptable",
            $"'{(wanted.Length > MaxShown ? wanted[..MaxShown] : wanted)}' is nothing that can be given here; there are {string.Join(", ", known)}.",
            "accept"
        );

    public static GatewayException Taken(string param, string kind, string name) =>
        Refuse(409, "already_exists", $"There is a {kind} '{name}' already.", param);

    public static GatewayException InUse(string kind, string name, string by) =>
        Refuse(409, "in_use", $"The {kind} '{name}' is used by {by}.");

    public static GatewayException NotEnded(string kind, string name) =>
        Refuse(409, "not_ended", $"The {kind} '{name}' waits or runs; it can be repeated once it has ended.");

    public static GatewayException Changed(string kind, string name) =>
        Refuse(
            412,
            "version_mismatch",
            $"The {kind} '{name}' has changed since you read it; read it again.",
            "if-match"
        );

    public static GatewayException Forbidden(string scope) =>
        Refuse(403, "permission_denied", $"This key may not do that: it lacks the permission '{scope}'.");

    public static GatewayException ForeignOrigin(string origin) =>
        Refuse(
            403,
            "origin_not_allowed",
            $"Pages of '{(origin.Length > MaxShown ? origin[..MaxShown] : origin)}' may not open a session here; the operator allows them by GroqKit:Realtime:AllowedOrigins.",
            "origin"
        );

    public static GatewayException ForeignTenant() =>
        Refuse(403, "permission_denied", "Only the operator's own keys may act for another tenant.", "tenant");

    public static GatewayException MorePermissions(string scopes) =>
        Refuse(
            403,
            "permission_denied",
            $"A key can't give permissions that it doesn't have itself: {scopes}.",
            "scopes"
        );

    public static GatewayException KeyRevoked(string id) =>
        Refuse(409, "key_revoked", $"The key '{id}' is revoked and can't be used again; make a new one.");

    public static GatewayException NoMasterKey(string param) =>
        Refuse(
            409,
            "master_key_missing",
            "Secrets can only be stored when the operator has set GROQKIT_MASTER_KEY.",
            param
        );

    public static GatewayException KeyExpired() => Refuse(401, "expired_api_key", "The API key has expired.");

    /// <summary>What must last can't be read or written now.</summary>
    public static GatewayException StorageUnavailable(Exception cause) =>
        new(
            new GatewayError(
                503,
                ErrorTypes.Server,
                "storage_unavailable",
                "The gateway's database does not answer. Calls to models go on; changes have to wait."
            ),
            Outcome.GatewayFailed,
            cause
        )
        {
            RetryAfter = "5",
        };

    public static GatewayException UnknownPath(string method, string path) =>
        Refuse(404, "unknown_url", $"There is nothing at {method} {path}.");

    public static GatewayException WrongMethod(string method, string path, string allowed) =>
        Refuse(405, "method_not_allowed", $"{path} takes {allowed}, not {method}.");

    public static GatewayException KeyMissing() =>
        Refuse(401, "invalid_api_key", "No API key. Send it as 'Authorization: Bearer YOUR_KEY'.");

    public static GatewayException KeyUnknown() =>
        Refuse(401, "invalid_api_key", "The API key is not known to this gateway.");

    public static GatewayException ClientSecretUnknown() =>
        Refuse(
            401,
            "invalid_api_key",
            "The client secret is not one of this gateway, or the key that made it is gone."
        );

    public static GatewayException ClientSecretExpired() =>
        Refuse(401, "expired_api_key", "The client secret has expired; ask for a new one.");

    public static GatewayException ClientSecretElsewhere() =>
        Refuse(401, "invalid_api_key", "A client secret opens GET /v1/realtime and nothing else.");

    public static GatewayException ClientSecretForAnother(string model) =>
        Refuse(403, "permission_denied", $"The client secret is for '{model}' and for nothing else.", "model");

    /// <summary>A setting of a session of the Realtime protocol is wrong, in that protocol's words.</summary>
    public static GatewayException WrongSession(string code, string message, string? param) =>
        Refuse(400, code, message, param);

    public static GatewayException KeyMistyped() =>
        Refuse(401, "invalid_api_key", "The API key's checksum is wrong: it looks mistyped or cut short.");

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
