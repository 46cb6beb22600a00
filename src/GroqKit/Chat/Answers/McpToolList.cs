using GroqKit.Json;

namespace GroqKit.Chat;

/// <summary>The tools that a remote MCP server offered.</summary>
public sealed record McpToolList : GroqObject
{
    /// <summary>The list's id.</summary>
    public string? Id { get; set; }

    /// <summary><c>mcp_list_tools</c>.</summary>
    public string? Type { get; set; }

    /// <summary>The server.</summary>
    public string? ServerLabel { get; set; }

    /// <summary>Its tools.</summary>
    public IReadOnlyList<McpTool>? Tools
    {
        get;
        set => field = AnswerList.Whole(value);
    }
}
