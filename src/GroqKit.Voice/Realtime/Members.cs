using System.Text.Json;
using System.Text.Json.Nodes;

namespace GroqKit.Voice.Realtime;

/// <summary>Reads members of the caller's JSON; what has the wrong type is named.</summary>
internal static class Members
{
    public static string? Text(JsonNode? node, string param) =>
        node is null ? null
        : node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>()
        : throw RealtimeException.Wrong(param, "must be a string.");

    public static double? Number(JsonNode? node, string param) =>
        node is null ? null
        : node.GetValueKind() == JsonValueKind.Number ? node.GetValue<double>()
        : throw RealtimeException.Wrong(param, "must be a number.");

    public static bool? Flag(JsonNode? node, string param) =>
        node is null ? null
        : node.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? node.GetValue<bool>()
        : throw RealtimeException.Wrong(param, "must be true or false.");

    public static JsonObject? Object(JsonNode? node, string param) =>
        node is null ? null : node as JsonObject ?? throw RealtimeException.Wrong(param, "must be an object.");

    public static JsonArray? Array(JsonNode? node, string param) =>
        node is null ? null : node as JsonArray ?? throw RealtimeException.Wrong(param, "must be an array.");

    public static int Milliseconds(JsonNode? node, string param, int usual, int most)
    {
        double value = Number(node, param) ?? usual;
        return value >= 0 && value <= most
            ? (int)value
            : throw RealtimeException.Wrong(param, $"must be from 0 to {most}.");
    }
}
