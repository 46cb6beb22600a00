using System.Text.Json;

namespace GroqKit.Chat;

/// <summary>What tools and the choice among them must look like.</summary>
internal static class ToolRules
{
    private const string NameProblem = "must be 1 to 64 of letters, digits, _ and -.";
    private const string SchemaProblem = "must be a JSON Schema object.";

    public static void Check(ChatRequest request, int maxTools)
    {
        if (request.Tools?.Count > maxTools)
            throw ChatRequestRules.Invalid("tools", $"must have at most {maxTools} entries.");
        if (request.Functions?.Count > maxTools)
            throw ChatRequestRules.Invalid("functions", $"must have at most {maxTools} entries.");
        for (int i = 0; i < request.Tools?.Count; i++)
            CheckTool(request.Tools[i], i);
        for (int i = 0; i < request.Functions?.Count; i++)
        {
            if (!ChatRequestRules.IsName(request.Functions[i]?.Name))
                throw ChatRequestRules.Invalid($"functions[{i}].name", NameProblem);
            if (!IsSchema(request.Functions[i].Parameters))
                throw ChatRequestRules.Invalid($"functions[{i}].parameters", SchemaProblem);
        }
        CheckChoice(request);
    }

    private static void CheckTool(ChatTool? tool, int i)
    {
        if (string.IsNullOrEmpty(tool?.Type.Value))
            throw ChatRequestRules.Invalid($"tools[{i}].type", "is missing.");
        if (tool.Type == ChatToolType.Function)
        {
            if (tool.Function is not { } function)
                throw ChatRequestRules.Invalid($"tools[{i}].function", "is missing.");
            if (!ChatRequestRules.IsName(function.Name))
                throw ChatRequestRules.Invalid($"tools[{i}].function.name", NameProblem);
            if (!IsSchema(function.Parameters))
                throw ChatRequestRules.Invalid($"tools[{i}].function.parameters", SchemaProblem);
        }
        else if (tool.Type == ChatToolType.Mcp)
        {
            CheckMcp(tool, i);
        }
    }

    private static void CheckMcp(ChatTool tool, int i)
    {
        if (string.IsNullOrEmpty(tool.ServerLabel))
            throw ChatRequestRules.Invalid($"tools[{i}].server_label", "is missing.");
        if (tool.ConnectorId is not null)
        {
            if (string.IsNullOrEmpty(tool.Authorization))
                throw ChatRequestRules.Invalid($"tools[{i}].authorization", "is missing.");
            return;
        }
        if (!Uri.TryCreate(tool.ServerUrl, UriKind.Absolute, out Uri? uri) || uri.Scheme != Uri.UriSchemeHttps)
            throw ChatRequestRules.Invalid($"tools[{i}].server_url", "must be an https address.");
    }

    private static void CheckChoice(ChatRequest request)
    {
        if (request.ToolChoice is not { } choice)
            return;
        if (choice is { Mode: null, FunctionName: null })
            throw ChatRequestRules.Invalid("tool_choice", "has no value.");
        if (choice.FunctionName is { } name && request.Tools?.Any(tool => tool.Function?.Name == name) != true)
            throw ChatRequestRules.Invalid("tool_choice.function.name", "is not the name of a tool in tools.");
    }

    private static bool IsSchema(JsonElement? schema) => schema is null or { ValueKind: JsonValueKind.Object };
}
