using System.Text.Json;
using System.Text.Json.Serialization;
using GroqKit.Chat;

namespace GroqKit.Responses;

/// <summary>A tool that the model may use. Unlike in chat, a function's members stand beside its type.</summary>
public sealed record ResponseTool : GroqObject
{
    /// <summary>What kind of tool it is.</summary>
    public ResponseToolType Type { get; set; }

    /// <summary>Function: 1 to 64 of letters, digits, _ and -.</summary>
    public string? Name { get; set; }

    /// <summary>Function: what it does, for the model.</summary>
    public string? Description { get; set; }

    /// <summary>Function: a JSON Schema of its arguments. Default: none.</summary>
    public JsonElement? Parameters { get; set; }

    /// <summary>Function: whether arguments must follow the schema.</summary>
    public bool? Strict { get; set; }

    /// <summary>Code interpreter: where it runs.</summary>
    public ResponseContainer? Container { get; set; }

    /// <summary>MCP: a name for the server, unique within the request.</summary>
    public string? ServerLabel { get; set; }

    /// <summary>MCP: the server's https address.</summary>
    public string? ServerUrl { get; set; }

    /// <summary>MCP: what the server is for.</summary>
    public string? ServerDescription { get; set; }

    /// <summary>MCP: headers that Groq sends to the server. May hold secrets.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; set; }

    /// <summary>MCP: whether calls need consent. Default never.</summary>
    public ToolApproval? RequireApproval { get; set; }

    /// <summary>MCP: the only tools to offer. A wrong name silently removes every tool.</summary>
    public IReadOnlyList<string>? AllowedTools { get; set; }

    /// <summary>MCP: the connector to use instead of a server's address.</summary>
    public ConnectorId? ConnectorId { get; set; }

    /// <summary>MCP: the OAuth token for the connector. A secret.</summary>
    public string? Authorization { get; set; }

    /// <summary>Web search, run by Groq.</summary>
    [JsonIgnore]
    public static ResponseTool BrowserSearch => new() { Type = ResponseToolType.BrowserSearch };

    /// <summary>Python in a sandbox, run by Groq.</summary>
    [JsonIgnore]
    public static ResponseTool CodeInterpreter =>
        new() { Type = ResponseToolType.CodeInterpreter, Container = new ResponseContainer() };

    /// <summary>A function of the caller.</summary>
    /// <param name="name">1 to 64 of letters, digits, _ and -.</param>
    /// <param name="description">What it does, for the model.</param>
    /// <param name="parameters">A JSON Schema of its arguments.</param>
    /// <param name="strict">Whether arguments must follow the schema.</param>
    public static ResponseTool FromFunction(
        string name,
        string? description = null,
        JsonElement? parameters = null,
        bool? strict = null
    ) =>
        new()
        {
            Type = ResponseToolType.Function,
            Name = name,
            Description = description,
            Parameters = parameters,
            Strict = strict,
        };

    /// <summary>A remote MCP server.</summary>
    /// <param name="label">A name for it.</param>
    /// <param name="url">Its https address.</param>
    public static ResponseTool FromMcpServer(string label, string url) =>
        new()
        {
            Type = ResponseToolType.Mcp,
            ServerLabel = label,
            ServerUrl = url,
        };
}
