using System.Text.Json;
using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Wires;

namespace GroqKit.Simulator.OpenAi;

/// <summary>OpenAI's: a bearer key, its own headers, and errors whose four members are always there.</summary>
internal sealed class OpenAiWire : Wire
{
    public const string InvalidRequest = ApiErrors.InvalidRequest;

    public override void WriteHeaders(IHeaderDictionary headers, string requestId)
    {
        headers["x-request-id"] = requestId;
        headers["openai-version"] = "2020-10-01";
        headers["openai-organization"] = "org-simulator";
        headers["openai-processing-ms"] = "1";
        WriteCommon(headers);
    }

    public override ApiError Translate(ApiError error) =>
        error switch
        {
            { Status: StatusCodes.Status413PayloadTooLarge, Code: "rate_limit_exceeded" } => error with
            {
                Status = StatusCodes.Status429TooManyRequests,
            },
            { Status: StatusCodes.Status401Unauthorized } => error with { Message = "Incorrect API key provided." },
            { Status: StatusCodes.Status503ServiceUnavailable } => error with
            {
                Message = "The server is currently overloaded. Please try again later.",
                Type = "service_unavailable_error",
                Code = "server_is_overloaded",
            },
            { Type: ApiErrors.ServerError } => error with { Type = "server_error" },
            _ => error,
        };

    public override void WriteError(Utf8JsonWriter json, ApiError error, bool inStream)
    {
        json.WriteStartObject();
        json.WriteStartObject("error"u8);
        json.WriteString("message"u8, error.Message);
        json.WriteString("type"u8, error.Type);
        json.WriteString("param"u8, error.Param);
        json.WriteString("code"u8, error.Code);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public override ApiError UnknownUrl(string method, string path) =>
        new(StatusCodes.Status404NotFound, $"Invalid URL ({method} {path})", InvalidRequest);

    /// <summary>The error for a property that the request must not have.</summary>
    public static ApiException Unrecognized(string name) =>
        new(ApiErrors.Invalid($"Unrecognized request argument supplied: {name}"));
}
