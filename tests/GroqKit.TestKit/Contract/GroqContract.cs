using System.Text.Json;

namespace GroqKit.TestKit.Contract;

/// <summary>
/// Groq's published wire contract: what a request may hold, what an answer must hold. Each check returns everything that is
/// wrong, so that <c>GroqContract.ValidateRequest("POST", "/openai/v1/chat/completions", body).ShouldBeEmpty()</c> says it all.
/// </summary>
public static class GroqContract
{
    private const string Json = "application/json";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private static readonly JsonElement Document = Load();

    private static readonly JsonSchemaValidator Validator = new(Document);

    private static readonly ContractOperation[] Operations =
    [
        .. Document
            .GetProperty("operations")
            .EnumerateObject()
            .Select(entry => new ContractOperation(entry.Name, entry.Value)),
    ];

    /// <summary>The version that the document gives itself.</summary>
    public static string Version => Document.GetProperty("version").GetString()!;

    /// <summary>Every operation as <c>"POST /openai/v1/chat/completions"</c>; path parameters in braces.</summary>
    public static IReadOnlyList<string> Names => [.. Operations.Select(operation => operation.Name)];

    /// <summary>Checks a request body.</summary>
    /// <param name="method">In any case.</param>
    /// <param name="path">As on the wire, beginning with <c>/openai/v1/</c>; a query is ignored.</param>
    /// <param name="json">The body; for a multipart endpoint its fields as one object. Null or empty when there is none.</param>
    public static IReadOnlyList<SchemaError> ValidateRequest(string method, string path, string? json)
    {
        if (Find(method, path) is not { } operation)
            return Unknown(method, path);
        if (!operation.Definition.TryGetProperty("requestBody", out JsonElement body))
            return string.IsNullOrEmpty(json) ? [] : [new SchemaError("", $"{operation.Name} takes no body")];
        if (string.IsNullOrEmpty(json))
            return body.GetProperty("required").GetBoolean() ? [new SchemaError("", "a body is required")] : [];
        return Check(Pick(body.GetProperty("content")), json);
    }

    /// <summary>Checks an answer: the operation's own shape for a success, the error shape for any status from 400.</summary>
    /// <inheritdoc cref="ValidateRequest"/>
    public static IReadOnlyList<SchemaError> ValidateResponse(string method, string path, int status, string json)
    {
        if (status >= 400)
            return ValidateError(json);
        if (Find(method, path) is not { } operation)
            return Unknown(method, path);
        return operation.Definition.GetProperty("responses").TryGetProperty($"{status}", out JsonElement answer)
            ? Check(Pick(answer), json)
            : [new SchemaError("", $"{operation.Name} never answers {status}")];
    }

    /// <summary>Checks the data of one chunk of a streamed chat answer (not <c>[DONE]</c>, not an <c>error</c> event).</summary>
    public static IReadOnlyList<SchemaError> ValidateChunk(string json) =>
        Validate("CreateChatCompletionStreamResponse", json);

    /// <summary>Checks an error body, or the data of an <c>error</c> event.</summary>
    public static IReadOnlyList<SchemaError> ValidateError(string json) => Validate("ErrorResponse", json);

    /// <summary>Checks against a schema by its name in the document, such as <c>CreateTranscriptionResponseVerboseJson</c>.</summary>
    /// <exception cref="KeyNotFoundException">There is no such schema.</exception>
    public static IReadOnlyList<SchemaError> Validate(string schema, string json) =>
        Check(Document.GetProperty("components").GetProperty("schemas").GetProperty(schema), json);

    private static IReadOnlyList<SchemaError> Check(JsonElement schema, string json)
    {
        try
        {
            using JsonDocument value = JsonDocument.Parse(json, Strict);
            return Validator.Check(schema, value.RootElement);
        }
        catch (JsonException broken)
        {
            return [new SchemaError("", $"not JSON: {broken.Message}")];
        }
    }

    private static ContractOperation? Find(string method, string path) =>
        Operations
            .Where(operation => operation.Matches(method, path.Split('?')[0]))
            .MaxBy(operation => operation.Precision);

    private static IReadOnlyList<SchemaError> Unknown(string method, string path) =>
        [new SchemaError("", $"{method} {path} is not in the contract")];

    private static JsonElement Pick(JsonElement content) =>
        content.TryGetProperty(Json, out JsonElement json) ? json : content.EnumerateObject().First().Value;

    private static JsonElement Load()
    {
        using Stream file =
            typeof(GroqContract).Assembly.GetManifestResourceStream("groq-contract.json")
            ?? throw new InvalidOperationException("The contract is not embedded.");
        using JsonDocument document = JsonDocument.Parse(file, Strict);
        return document.RootElement.Clone();
    }
}
