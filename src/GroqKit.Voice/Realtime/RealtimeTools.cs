using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace GroqKit.Voice.Realtime;

/// <summary>Reads the tools that a model may ask the caller to run.</summary>
internal static class RealtimeTools
{
    private static readonly string[] Known = ["type", "name", "description", "parameters"];
    private static readonly string[] KnownOfChoice = ["type", "name"];

    /// <exception cref="RealtimeException">A member is wrong.</exception>
    public static IEnumerable<AITool> Read(JsonNode? tools, string param)
    {
        JsonArray given = Members.Array(tools, param) ?? [];
        for (int i = 0; i < given.Count; i++)
        {
            string place = $"{param}[{i}]";
            JsonObject tool = Members.Object(given[i], place) ?? throw RealtimeException.Missing(place);
            if (Members.Text(tool["type"], place + ".type") is not "function")
                throw RealtimeException.Wrong(place + ".type", "must be function: other tools can't be run here.");
            KnownMembers.Check(tool, place, Known);
            string name = ReadName(tool["name"], place + ".name");
            JsonObject schema =
                Members.Object(tool["parameters"], place + ".parameters") ?? new JsonObject { ["type"] = "object" };
            using JsonDocument parsed = JsonDocument.Parse(schema.ToJsonString());
            yield return AIFunctionFactory.CreateDeclaration(
                name,
                Members.Text(tool["description"], place + ".description"),
                parsed.RootElement.Clone()
            );
        }
    }

    /// <exception cref="RealtimeException">It is no choice.</exception>
    public static ChatToolMode? ReadChoice(JsonNode? choice, string param)
    {
        if (choice is JsonObject named)
        {
            if (Members.Text(named["type"], param + ".type") is not (null or "function"))
                throw RealtimeException.Wrong(param + ".type", "must be function: other tools can't be run here.");
            KnownMembers.Check(named, param, KnownOfChoice);
            return ChatToolMode.RequireSpecific(ReadName(named["name"], param + ".name"));
        }
        return Members.Text(choice, param) switch
        {
            null or "auto" => null,
            "none" => ChatToolMode.None,
            "required" => ChatToolMode.RequireAny,
            _ => throw RealtimeException.Wrong(param, "must be auto, none, required, or a function."),
        };
    }

    private static string ReadName(JsonNode? node, string param)
    {
        string name = Members.Text(node, param) ?? throw RealtimeException.Missing(param);
        return CallerName.IsWellFormed(name) ? name : throw RealtimeException.Wrong(param, CallerName.Rule + ".");
    }
}
