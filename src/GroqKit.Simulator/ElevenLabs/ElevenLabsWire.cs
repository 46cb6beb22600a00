using System.Text.Json;
using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Wires;

namespace GroqKit.Simulator.ElevenLabs;

/// <summary>ElevenLabs': a key in a header of its own, and errors below <c>detail</c>, with a code and an older status that may differ.</summary>
internal sealed class ElevenLabsWire : Wire
{
    private const string KeyHeader = "xi-api-key";

    /// <exception cref="ApiException">There is no key at all, which is another error than a wrong one.</exception>
    public override string? Key(HttpRequest request)
    {
        string? key = request.Headers[KeyHeader];
        // Browsers cannot set headers on a socket.
        key ??= request.Query["authorization"].FirstOrDefault() ?? request.Query["single_use_token"].FirstOrDefault();
        return key is { Length: > 0 }
            ? key
            : throw new ApiException(
                new ApiError(
                    StatusCodes.Status401Unauthorized,
                    "Neither authorization header nor xi-api-key received, please provide one.",
                    "authentication_error",
                    "needs_authorization"
                )
            );
    }

    public override void WriteHeaders(IHeaderDictionary headers, string requestId)
    {
        headers["request-id"] = requestId;
        headers["x-trace-id"] = requestId;
        headers["x-region"] = "sim";
        WriteCommon(headers);
    }

    public override ApiError Translate(ApiError error) =>
        error.Status switch
        {
            // What a schema forbids is 422 here; everything that has a code is said otherwise.
            StatusCodes.Status400BadRequest when error is { Code: null, Param: not null } => error with
            {
                Status = StatusCodes.Status422UnprocessableEntity,
            },
            StatusCodes.Status401Unauthorized => error with
            {
                Message = error.Code is "needs_authorization" ? error.Message : "Invalid API key",
                Type = "authentication_error",
            },
            StatusCodes.Status403Forbidden => error with { Type = "authorization_error" },
            StatusCodes.Status413PayloadTooLarge => ElevenLabsErrors.TextTooLong(error.Message),
            StatusCodes.Status429TooManyRequests => error with
            {
                Type = "rate_limit_error",
                Message = "Too many requests.",
            },
            >= StatusCodes.Status500InternalServerError => error with
            {
                Type = "server_error",
                Code = error.Status is StatusCodes.Status503ServiceUnavailable ? "system_busy" : "internal_error",
            },
            _ => error,
        };

    public override void WriteError(Utf8JsonWriter json, ApiError error, bool inStream)
    {
        json.WriteStartObject();
        if (error.Status is StatusCodes.Status422UnprocessableEntity)
        {
            WriteList(json, error);
        }
        else
        {
            json.WriteStartObject("detail"u8);
            json.WriteString("type"u8, error.Type is ApiErrors.InvalidRequest ? "validation_error" : error.Type);
            json.WriteString("code"u8, error.Code ?? "invalid_parameters");
            json.WriteString("message"u8, error.Message);
            json.WriteString("status"u8, ElevenLabsErrors.Status(error.Code));
            if (error.Param is not null)
                json.WriteString("param"u8, error.Param);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    public override ApiError UnknownUrl(string method, string path) =>
        new(StatusCodes.Status404NotFound, "Not Found", "not_found", "not_found");

    private static void WriteList(Utf8JsonWriter json, ApiError error)
    {
        json.WriteStartArray("detail"u8);
        json.WriteStartObject();
        json.WriteStartArray("loc"u8);
        json.WriteStringValue("body"u8);
        if (error.Param is not null)
            json.WriteStringValue(error.Param);
        json.WriteEndArray();
        json.WriteString("msg"u8, error.Message);
        json.WriteString("type"u8, "value_error"u8);
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
