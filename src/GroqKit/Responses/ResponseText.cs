using System.Text.Json;
using GroqKit.Chat;

namespace GroqKit.Responses;

/// <summary>The form of the model's text.</summary>
public sealed record ResponseText : GroqObject
{
    /// <summary>Text, JSON, or JSON by a schema. Default text.</summary>
    public ResponseTextFormat? Format { get; set; }

    /// <summary>Any JSON object.</summary>
    public static ResponseText JsonObject() =>
        new() { Format = new ResponseTextFormat { Type = ResponseFormatType.JsonObject } };

    /// <summary>JSON by a schema.</summary>
    /// <param name="name">1 to 64 of letters, digits, _ and -.</param>
    /// <param name="schema">A JSON Schema object.</param>
    /// <param name="strict">Whether the schema is enforced. Default false.</param>
    public static ResponseText FromSchema(string name, JsonElement schema, bool? strict = null) =>
        new()
        {
            Format = new ResponseTextFormat
            {
                Type = ResponseFormatType.JsonSchema,
                Name = name,
                Schema = schema,
                Strict = strict,
            },
        };
}
