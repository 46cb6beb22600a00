using System.Text.Json;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Translation;

namespace GroqKit.Gateway.Api.Voice;

/// <summary>Reads the JSON objects that spoken turns take.</summary>
internal static class VoiceBody
{
    private const int Most = 64 * 1024;

    /// <exception cref="GatewayException">It is too long, or no JSON object.</exception>
    public static async Task<JsonDocument> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        byte[] body = new byte[Most + 1];
        int read = await request.Body.ReadAtLeastAsync(body, body.Length, false, cancellationToken);
        return read > Most
            ? throw RequestErrors.TooLarge("the limit of a spoken turn's JSON", Most)
            : Parse(body.AsMemory(0, read));
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        JsonText.Check(body.Span);
        try
        {
            var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? json
                : throw RequestErrors.InvalidJson("The body must be a JSON object.");
        }
        catch (JsonException broken)
        {
            throw RequestErrors.InvalidJson("The body is no valid JSON: " + broken.Message);
        }
    }
}
