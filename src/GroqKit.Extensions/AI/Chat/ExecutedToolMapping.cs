using GroqKit.Chat;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.AI.Chat;

/// <summary>A tool that Groq ran, as what was asked of it and what came back. Both only inform: nobody has to run anything.</summary>
internal static class ExecutedToolMapping
{
    public static bool IsFinished(ExecutedTool tool) =>
        tool.Output is not null
        || tool.SearchResults is not null
        || tool.CodeResults is not null
        || tool.BrowserResults is not null;

    /// <param name="tool">The tool, as far as it is known.</param>
    /// <param name="responseId">Groq gives such calls no id; theirs is made of the answer's and their position.</param>
    public static IEnumerable<AIContent> Map(ExecutedTool tool, string responseId)
    {
        string id = $"{responseId}-executed-{tool.Index}";
        (ToolCallContent call, ToolResultContent? result) = Kind(tool) switch
        {
            "search" => Search(tool, id),
            "code" => Code(tool, id),
            _ => Other(tool, id),
        };
        call.RawRepresentation = tool;
        yield return call;
        if (!IsFinished(tool))
            yield break;
        result.RawRepresentation = tool;
        yield return result;
    }

    // The types are open, and one tool has had several names.
    private static string Kind(ExecutedTool tool)
    {
        string words = $"{tool.Type} {tool.Name}";
        if (tool.Type == "mcp")
            return "";
        if (words.Contains("search", StringComparison.OrdinalIgnoreCase))
            return "search";
        return
            words.Contains("python", StringComparison.OrdinalIgnoreCase)
            || words.Contains("code", StringComparison.OrdinalIgnoreCase)
            ? "code"
            : "";
    }

    private static (ToolCallContent, ToolResultContent) Search(ExecutedTool tool, string id)
    {
        string? query =
            CallMapping.TryRead(tool.Arguments)?.TryGetValue("query", out object? value) == true
                ? value?.ToString()
                : null;
        return (
            new WebSearchToolCallContent(id) { Queries = query is null ? null : [query] },
            new WebSearchToolResultContent(id)
            {
                Outputs =
                [
                    .. Text(tool.Output),
                    .. (tool.SearchResults?.Results ?? []).Select(Page).OfType<AIContent>(),
                ],
            }
        );
    }

    private static (ToolCallContent, ToolResultContent) Code(ExecutedTool tool, string id)
    {
        string? code =
            CallMapping.TryRead(tool.Arguments)?.TryGetValue("code", out object? value) == true
                ? value?.ToString()
                : tool.Arguments;
        return (
            new CodeInterpreterToolCallContent(id) { Inputs = [.. Text(code)] },
            new CodeInterpreterToolResultContent(id)
            {
                Outputs = [.. Text(tool.Output), .. (tool.CodeResults ?? []).SelectMany(Outputs)],
            }
        );
    }

    private static (ToolCallContent, ToolResultContent) Other(ExecutedTool tool, string id) =>
        (
            new McpServerToolCallContent(id, tool.Name ?? tool.Type ?? "tool", null)
            {
                Arguments = CallMapping.TryRead(tool.Arguments),
            },
            new McpServerToolResultContent(id)
            {
                Outputs =
                [
                    .. Text(tool.Output),
                    .. (tool.BrowserResults ?? []).SelectMany(result => Text(result.Content ?? result.Url)),
                ],
            }
        );

    private static UriContent? Page(SearchResult result) =>
        Uri.TryCreate(result.Url, UriKind.Absolute, out Uri? address)
            ? new UriContent(address, "text/html") { RawRepresentation = result }
            : null;

    private static IEnumerable<AIContent> Outputs(CodeResult result)
    {
        foreach (AIContent text in Text(result.Text))
            yield return text;
        if (result.Png is { Length: > 0 } png && System.Buffers.Text.Base64.IsValid(png))
            yield return new DataContent($"data:image/png;base64,{png}");
    }

    private static AIContent[] Text(string? text) => string.IsNullOrEmpty(text) ? [] : [new TextContent(text)];
}
