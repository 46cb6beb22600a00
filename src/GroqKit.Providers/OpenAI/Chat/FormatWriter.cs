using System.Text.Json;
using GroqKit.Extensions.AI.Chat;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.OpenAI.Chat;

/// <summary>Writes the form that the answer is to have.</summary>
internal static class FormatWriter
{
    /// <summary>How the ecosystem names the wish for strict schemas.</summary>
    public const string Strict = "strict";

    /// <exception cref="NotSupportedException">The format is of a kind that is not known.</exception>
    public static void Write(Utf8JsonWriter json, ChatOptions options)
    {
        switch (options.ResponseFormat)
        {
            case null:
                return;
            case ChatResponseFormatText:
                WriteType(json, "text");
                break;
            case ChatResponseFormatJson { Schema: null }:
                WriteType(json, "json_object");
                break;
            case ChatResponseFormatJson format:
                WriteSchema(json, format, ReadStrict(options.AdditionalProperties));
                break;
            default:
                throw new NotSupportedException(
                    $"{nameof(ChatOptions)}.{nameof(ChatOptions.ResponseFormat)}: {options.ResponseFormat.GetType().Name} has no counterpart."
                );
        }
    }

    /// <summary>Whether strict schemas are wished for; null when nothing is said.</summary>
    public static bool? ReadStrict(IReadOnlyDictionary<string, object?>? bag) =>
        bag?.GetValueOrDefault(Strict) switch
        {
            bool flag => flag,
            JsonElement { ValueKind: JsonValueKind.True } => true,
            JsonElement { ValueKind: JsonValueKind.False } => false,
            _ => null,
        };

    private static void WriteType(Utf8JsonWriter json, string type)
    {
        json.WriteStartObject("response_format");
        json.WriteString("type", type);
        json.WriteEndObject();
    }

    private static void WriteSchema(Utf8JsonWriter json, ChatResponseFormatJson format, bool? strict)
    {
        json.WriteStartObject("response_format");
        json.WriteString("type", "json_schema");
        json.WriteStartObject("json_schema");
        json.WriteString("name", Name(format.SchemaName));
        if (!string.IsNullOrEmpty(format.SchemaDescription))
            json.WriteString("description", format.SchemaDescription);
        // A schema that strict decoding has no form for goes as it is, to be followed as well as the model can.
        JsonElement? closed = strict == true ? StrictSchemas.For(format) : null;
        if (strict is not null)
            json.WriteBoolean("strict", closed is not null);
        json.WritePropertyName("schema");
        (closed ?? format.Schema!.Value).WriteTo(json);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // Names made from generic types hold letters that are refused.
    private static string Name(string? name) =>
        string.IsNullOrEmpty(name)
            ? "json_schema"
            : string.Concat(
                name.Take(64).Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' ? letter : '_')
            );
}
