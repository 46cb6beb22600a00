using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.AI;

/// <summary>Takes the parameters of Groq out of a bag that other parts of a pipeline use too.</summary>
internal static class AdditionalFields
{
    /// <summary>How OpenAI's adapter names the wish for strict schemas; read by the mappings of tools and formats.</summary>
    public const string Strict = "strict";

    private static readonly HashSet<string> ChatParameters =
    [
        .. RequestJson
            .Default.ChatRequest.Properties.Where(property => !property.IsExtensionData)
            .Select(property => property.Name),
    ];

    // What the call itself decides.
    private static readonly HashSet<string> Reserved = ["model", "messages", "stream", Strict];

    /// <summary>The parameters of chats by their names on the wire.</summary>
    /// <exception cref="GroqValidationException">A value cannot be written as JSON.</exception>
    public static JsonObject ReadChat(AdditionalPropertiesDictionary? bag, bool unknownToo)
    {
        var fields = new JsonObject();
        foreach (var (name, value) in bag ?? [])
        {
            if (value is not null && !Reserved.Contains(name) && (unknownToo || ChatParameters.Contains(name)))
                fields[name] = ToJson(name, value);
        }
        return fields;
    }

    /// <summary>One parameter, for requests that have few.</summary>
    /// <returns>Null when it is not there.</returns>
    /// <exception cref="GroqValidationException">The value is of the wrong kind.</exception>
    public static T? Read<T>(AdditionalPropertiesDictionary? bag, string name, JsonTypeInfo<T> type)
    {
        if (bag?.GetValueOrDefault(name) is not { } value)
            return default;
        try
        {
            return ToJson(name, value).Deserialize(type);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new GroqValidationException(
                $"{name}: the value in AdditionalProperties is of the wrong kind.",
                new ErrorDetails { Parameter = name },
                error
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

    private static JsonNode? ToJson(string name, object value)
    {
        try
        {
            Type type = value.GetType();
            return JsonSerializer.SerializeToNode(
                value,
                RequestJson.Default.GetTypeInfo(type) ?? CompactJson.TypeInfo(type)
            );
        }
        catch (Exception error)
            when (error is NotSupportedException or InvalidOperationException or JsonException or ArgumentException)
        {
            throw new GroqValidationException(
                $"{name}: the {value.GetType()} in AdditionalProperties cannot be written as JSON here; give a JsonElement.",
                new ErrorDetails { Parameter = name },
                error
            );
        }
    }
}
