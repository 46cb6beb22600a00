using System.Text.Json;
using GroqKit.Errors;

namespace GroqKit.Responses;

/// <summary>What tools and the choice among them must look like.</summary>
internal static class ResponseToolRules
{
    private const int MaxTools = 128;

    public static void Check(ResponseRequest request)
    {
        if (request.Tools?.Count > MaxTools)
            throw Rules.Invalid("tools", $"must have at most {MaxTools} entries.");
        for (int i = 0; i < request.Tools?.Count; i++)
            Check(request.Tools[i], $"tools[{i}]");
        if (request.ToolChoice is not { } choice)
            return;
        if (choice is { Mode: null, FunctionName: null })
            throw Rules.Invalid("tool_choice", "has no value.");
        if (choice.FunctionName is { } name && request.Tools?.Any(tool => tool.Name == name) != true)
            throw Rules.Invalid("tool_choice.function.name", "is not the name of a tool in tools.");
    }

    private static void Check(ResponseTool? tool, string path)
    {
        Rules.CheckText($"{path}.type", tool?.Type.Value);
        if (tool!.Type == ResponseToolType.Function)
        {
            if (!Rules.IsName(tool.Name))
                throw Rules.Invalid($"{path}.name", "must be 1 to 64 of letters, digits, _ and -.");
            if (tool.Parameters is { ValueKind: not JsonValueKind.Object })
                throw Rules.Invalid($"{path}.parameters", "must be a JSON Schema object.");
        }
        else if (tool.Type == ResponseToolType.CodeInterpreter && tool.Container is null)
        {
            throw Rules.Invalid($"{path}.container", "is missing.");
        }
        else if (tool.Type == ResponseToolType.Mcp)
        {
            CheckMcp(tool, path);
        }
    }

    private static void CheckMcp(ResponseTool tool, string path)
    {
        Rules.CheckText($"{path}.server_label", tool.ServerLabel);
        if (tool.ConnectorId is not null)
            Rules.CheckText($"{path}.authorization", tool.Authorization);
        else if (!Uri.TryCreate(tool.ServerUrl, UriKind.Absolute, out Uri? uri) || uri.Scheme != Uri.UriSchemeHttps)
            throw Rules.Invalid($"{path}.server_url", "must be an https address.");
    }
}
