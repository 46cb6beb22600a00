using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GroqKit.Chat;

/// <summary>The form of the answer.</summary>
public sealed record ResponseFormat
{
    /// <summary>Text, JSON, or JSON by a schema.</summary>
    public required ResponseFormatType Type { get; init; }

    /// <summary>The schema of a <c>json_schema</c> answer.</summary>
    public JsonSchemaFormat? JsonSchema { get; init; }

    /// <summary>Free text, the default.</summary>
    [JsonIgnore]
    public static ResponseFormat Text => new() { Type = ResponseFormatType.Text };

    /// <summary>Some JSON object; a message has to ask for JSON.</summary>
    [JsonIgnore]
    public static ResponseFormat JsonObject => new() { Type = ResponseFormatType.JsonObject };

    /// <summary>JSON that follows a schema.</summary>
    /// <param name="name">1 to 64 of letters, digits, underscore and hyphen.</param>
    /// <param name="schema">A JSON Schema object.</param>
    /// <param name="strict">True: guaranteed by constrained decoding, on models that have it. Default false.</param>
    /// <param name="description">What the format is for, for the model.</param>
    public static ResponseFormat ForSchema(
        string name,
        JsonElement schema,
        bool? strict = null,
        string? description = null
    ) =>
        new()
        {
            Type = ResponseFormatType.JsonSchema,
            JsonSchema = new JsonSchemaFormat
            {
                Name = name,
                Schema = schema,
                Strict = strict,
                Description = description,
            },
        };

    /// <summary>JSON that follows a schema given as text.</summary>
    /// <param name="name">1 to 64 of letters, digits, underscore and hyphen.</param>
    /// <param name="schema">A JSON Schema object.</param>
    /// <param name="strict">True: guaranteed by constrained decoding, on models that have it. Default false.</param>
    /// <param name="description">What the format is for, for the model.</param>
    /// <exception cref="JsonException">The schema is not JSON.</exception>
    public static ResponseFormat ForSchema(
        string name,
        [StringSyntax(StringSyntaxAttribute.Json)] string schema,
        bool? strict = null,
        string? description = null
    )
    {
        using JsonDocument parsed = JsonDocument.Parse(schema);
        return ForSchema(name, parsed.RootElement.Clone(), strict, description);
    }
}
