using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GroqKit.Catalog;

namespace GroqKit.Chat;

/// <summary>
/// A type to ask a model for: its schema as Groq wants it, and the reading of answers. Make one with <see cref="StructuredOutput"/>, keep it, and
/// use it for whole, streamed and batched calls. Immutable and safe for all threads.
/// </summary>
/// <typeparam name="T">What is asked for.</typeparam>
public sealed class StructuredOutput<T>
{
    private readonly JsonTypeInfo<T> _type;
    private readonly bool _isWrapped;
    private readonly Lazy<ResponseFormat>? _bestEffort;

    internal StructuredOutput(JsonTypeInfo<T> type, StructuredOptions options)
    {
        _type = type;
        bool isStrict = options.Strict ?? true;
        StructuredSchema schema = StructuredSchema.Of(type, isStrict ? SchemaRules.Strict : SchemaRules.BestEffort);
        _isWrapped = schema.IsWrapped;
        Format = FormatOf(schema, options, isStrict);
        ChatRequestRules.CheckFormat(Format);
        if (options.Strict is null)
        {
            _bestEffort = new Lazy<ResponseFormat>(() =>
                FormatOf(StructuredSchema.Of(type, SchemaRules.BestEffort), options, isStrict: false)
            );
        }
    }

    /// <summary>The format to put into a request.</summary>
    public ResponseFormat Format { get; }

    /// <summary>A request that asks for the type.</summary>
    /// <param name="request">What to ask, without tools.</param>
    /// <exception cref="GroqValidationException">The request has tools, which Groq refuses together with a schema.</exception>
    public ChatRequest ApplyTo(ChatRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Tools is { Count: > 0 } || request.Functions is { Count: > 0 })
        {
            throw ChatRequestRules.Invalid(
                "tools",
                "cannot be combined with a structured answer: let the tools run first, then ask for the structure in another call."
            );
        }
        return request with { ResponseFormat = FormatFor(request.Model) };
    }

    /// <summary>Reads the first answer of a completion.</summary>
    /// <param name="completion">What the model answered.</param>
    /// <exception cref="GroqStructuredOutputException">The answer is missing, was cut, or is not the type.</exception>
    public T Read(ChatCompletion completion)
    {
        ArgumentNullException.ThrowIfNull(completion);
        return Read(completion.Text ?? "", completion);
    }

    /// <summary>Reads a text that a model wrote in this format.</summary>
    /// <param name="json">JSON text, for example from a line of a batch.</param>
    /// <exception cref="GroqStructuredOutputException">The text is not the type.</exception>
    public T Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Read(json, null);
    }

    /// <summary>Names the type.</summary>
    public override string ToString() => $"{nameof(StructuredOutput)}({typeof(T).Name})";

    private static ResponseFormat FormatOf(StructuredSchema schema, StructuredOptions options, bool isStrict) =>
        ResponseFormat.ForSchema(
            options.Name ?? SchemaNames.Of(typeof(T)),
            schema.Schema,
            isStrict,
            options.Description
        );

    private ResponseFormat FormatFor(string? model)
    {
        if (_bestEffort is null || model is null)
            return Format;
        return ModelCatalog.Default.Supports(model, ModelCapability.StrictSchema) == false ? _bestEffort.Value : Format;
    }

    private T Read(string json, ChatCompletion? completion)
    {
        bool isCut = completion?.FinishReason == FinishReason.Length;
        if (string.IsNullOrWhiteSpace(json) && !isCut)
            throw Unusable(StructuredOutputFailure.Missing, "The model answered without text", json, completion);
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return Convert(document.RootElement);
        }
        catch (JsonException) when (isCut)
        {
            throw Unusable(StructuredOutputFailure.Truncated, "The answer reached the token limit", json, completion);
        }
        // Only the parser's own exceptions know where in the text they are.
        catch (JsonException error) when (error.Path is null && error.BytePositionInLine is not null)
        {
            throw Unusable(StructuredOutputFailure.NotJson, "The answer is not JSON", json, completion, error);
        }
        catch (Exception error) when (error is JsonException or FormatException or NotSupportedException)
        {
            throw Unusable(StructuredOutputFailure.Mismatch, "The answer is something else", json, completion, error);
        }
    }

    private T Convert(JsonElement root)
    {
        if (!_isWrapped)
        {
            // A type that takes null is wrapped.
            return root.ValueKind == JsonValueKind.Null
                ? throw new JsonException("It is null.")
                : root.Deserialize(_type)!;
        }
        return
            root.ValueKind == JsonValueKind.Object
            && root.TryGetProperty(StructuredSchema.Wrapper, out JsonElement value)
            ? value.Deserialize(_type)!
            : throw new JsonException($"It has no property \"{StructuredSchema.Wrapper}\".");
    }

    private static GroqStructuredOutputException Unusable(
        StructuredOutputFailure reason,
        string problem,
        string text,
        ChatCompletion? completion,
        Exception? error = null
    ) =>
        new(
            reason,
            $"{problem} where {typeof(T).Name} was asked for{(error is null ? "." : $": {error.Message}")}",
            text,
            completion,
            error
        );
}
