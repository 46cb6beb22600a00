using System.Text.Json;
using GroqKit.Chat;
using GroqKit.Json;

namespace GroqKit.Errors;

/// <summary>The error object of an answer or of a stream's frame, read as leniently as can be: a wrong type of one member costs that member only.</summary>
internal sealed record WireError(
    string Message,
    string? Type,
    string? Code,
    string? Parameter,
    string? FailedGeneration,
    int? StatusCode
)
{
    private SchemaFault? SchemaFault { get; init; }

    private DebugData? Debug { get; init; }

    /// <summary>What was known before, and what the error says.</summary>
    public ErrorDetails Join(ErrorDetails known) =>
        known with
        {
            Code = Code,
            Type = Type,
            Parameter = Parameter,
            FailedGeneration = FailedGeneration,
            SchemaFault = SchemaFault,
            Debug = Debug,
        };

    /// <summary>Null when the text holds no error object.</summary>
    public static WireError? TryParse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return TryRead(document.RootElement);
        }
        // Half a surrogate pair is valid JSON, but no text.
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Null when the element holds no error object.</summary>
    public static WireError? TryRead(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return null;
        if (!root.TryGetProperty("error", out JsonElement error))
            error = root;
        if (error.ValueKind == JsonValueKind.String)
            return new WireError(error.GetString()!, null, null, null, null, null);
        if (error.ValueKind != JsonValueKind.Object)
            return null;
        string? message = Text(error, "message");
        return message is null && Text(error, "code") is null && Text(error, "type") is null
            ? null
            : new WireError(
                message ?? "The server gave no message.",
                Text(error, "type"),
                Text(error, "code"),
                Text(error, "param"),
                Text(error, "failed_generation"),
                error.TryGetProperty("status_code", out JsonElement status)
                && status.ValueKind == JsonValueKind.Number
                && status.TryGetInt32(out int code)
                && code is >= 100 and <= 599
                    ? code
                    : null
            )
            {
                SchemaFault = ReadSchemaFault(error),
                Debug = ReadDebug(error),
            };
    }

    private static SchemaFault? ReadSchemaFault(JsonElement error)
    {
        bool hasSegments =
            error.TryGetProperty("schema_path_segments", out JsonElement segments)
            && segments.ValueKind == JsonValueKind.Array
            && segments.GetArrayLength() > 0;
        string? path = Text(error, "schema_path");
        string? kind = Text(error, "schema_kind");
        string? code = Text(error, "schema_code");
        return path is null && kind is null && code is null && !hasSegments
            ? null
            : new SchemaFault(
                path,
                hasSegments ? [.. segments.EnumerateArray().Select(segment => segment.ToString())] : [],
                kind,
                code
            );
    }

    private static DebugData? ReadDebug(JsonElement error)
    {
        if (!error.TryGetProperty("debug", out JsonElement debug) || debug.ValueKind != JsonValueKind.Object)
            return null;
        try
        {
            return debug.Deserialize(GroqJson.Context.DebugData);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement error, string name)
    {
        if (!error.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();
    }
}
