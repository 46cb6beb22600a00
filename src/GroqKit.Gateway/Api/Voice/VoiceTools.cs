using System.Text.Json;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Voice;
using Microsoft.Extensions.AI;

namespace GroqKit.Gateway.Api.Voice;

/// <summary>Reads the tools that a turn's caller runs, as chat completions or the Realtime protocol write them.</summary>
internal static class VoiceTools
{
    public const string Name = "tools";

    /// <summary>What is said when a tool is called before anything was.</summary>
    public const string Filler = "filler";

    private const int Most = 128;

    /// <param name="json">The tools; null for none.</param>
    /// <exception cref="GatewayException">One of them is wrong; it is named.</exception>
    public static IReadOnlyList<AITool> Read(string? json)
    {
        if (json is null)
            return [];
        using JsonDocument parsed = Parse(json);
        var tools = new List<AITool>();
        foreach (JsonElement tool in parsed.RootElement.EnumerateArray())
        {
            if (tools.Count == Most)
                throw RequestErrors.TooMany(Name, Most);
            AIFunctionDeclaration read = Read(tool, $"{Name}[{tools.Count}]");
            if (tools.Exists(known => known.Name == read.Name))
                throw RequestErrors.WrongValue($"{Name}[{tools.Count}]", $"has the name '{read.Name}' of another");
            tools.Add(read);
        }
        return tools;
    }

    private static JsonDocument Parse(string json)
    {
        try
        {
            var parsed = JsonDocument.Parse(json);
            return parsed.RootElement.ValueKind == JsonValueKind.Array
                ? parsed
                : throw RequestErrors.WrongType(Name, "an array");
        }
        catch (JsonException)
        {
            throw RequestErrors.WrongType(Name, "a JSON array");
        }
    }

    private static AIFunctionDeclaration Read(JsonElement tool, string param)
    {
        if (tool.ValueKind != JsonValueKind.Object)
            throw RequestErrors.WrongType(param, "an object");
        if (TextOf(tool, "type", param) is not "function")
            throw RequestErrors.WrongValue(param + ".type", "must be function");
        if (tool.TryGetProperty("function", out JsonElement function))
        {
            param += ".function";
            tool =
                function.ValueKind == JsonValueKind.Object
                    ? function
                    : throw RequestErrors.WrongType(param, "an object");
        }
        string name = TextOf(tool, "name", param) ?? throw RequestErrors.Missing(param + ".name");
        if (!CallerName.IsWellFormed(name))
            throw RequestErrors.WrongValue(param + ".name", CallerName.Rule);
        if (!tool.TryGetProperty("parameters", out JsonElement schema) || schema.ValueKind == JsonValueKind.Null)
            schema = JsonElement.Parse("""{"type":"object"}""");
        else if (schema.ValueKind != JsonValueKind.Object)
            throw RequestErrors.WrongType(param + ".parameters", "an object");
        return AIFunctionFactory.CreateDeclaration(name, TextOf(tool, "description", param), schema.Clone());
    }

    private static string? TextOf(JsonElement tool, string name, string param) =>
        !tool.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw RequestErrors.WrongType($"{param}.{name}", "a string");
}
