using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GroqKit.Chat;

/// <summary>A tool that the model may use: the caller's function, one run by Groq, or a remote MCP server.</summary>
public sealed record ChatTool
{
    /// <summary>What kind of tool it is.</summary>
    public required ChatToolType Type { get; init; }

    /// <summary>The function of a function tool.</summary>
    public FunctionDefinition? Function { get; init; }

    /// <summary>MCP: a name for the server, unique within the request.</summary>
    public string? ServerLabel { get; init; }

    /// <summary>MCP: the server's https address.</summary>
    public string? ServerUrl { get; init; }

    /// <summary>MCP: what the server is for.</summary>
    public string? ServerDescription { get; init; }

    /// <summary>MCP: headers that Groq sends to the server. May hold secrets.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>MCP: whether calls need consent. Default never.</summary>
    public ToolApproval? RequireApproval { get; init; }

    /// <summary>MCP: the only tools to offer. A wrong name silently removes every tool.</summary>
    public IReadOnlyList<string>? AllowedTools { get; init; }

    /// <summary>The connector to use instead of a server's address.</summary>
    public ConnectorId? ConnectorId { get; init; }

    /// <summary>The OAuth token for the connector. A secret.</summary>
    public string? Authorization { get; init; }

    /// <summary>Further properties, sent as they are: for tools newer than this library.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? ExtraBody { get; set; }

    /// <summary>Web search, run by Groq. GPT-OSS only.</summary>
    [JsonIgnore]
    public static ChatTool BrowserSearch => new() { Type = ChatToolType.BrowserSearch };

    /// <summary>Python in a sandbox, run by Groq. GPT-OSS only.</summary>
    [JsonIgnore]
    public static ChatTool CodeInterpreter => new() { Type = ChatToolType.CodeInterpreter };

    /// <summary>A function that the caller runs.</summary>
    /// <param name="name">1 to 64 of letters, digits, underscore and hyphen.</param>
    /// <param name="description">What it does, for the model.</param>
    /// <param name="parameters">A JSON Schema object. Null: no parameters.</param>
    /// <param name="strict">Whether arguments must follow the schema. Default false.</param>
    public static ChatTool ForFunction(
        string name,
        string? description = null,
        JsonElement? parameters = null,
        bool? strict = null
    ) =>
        new()
        {
            Type = ChatToolType.Function,
            Function = new FunctionDefinition
            {
                Name = name,
                Description = description,
                Parameters = parameters,
                Strict = strict,
            },
        };

    /// <summary>A function that the caller runs, its schema given as text.</summary>
    /// <param name="name">1 to 64 of letters, digits, underscore and hyphen.</param>
    /// <param name="description">What it does, for the model.</param>
    /// <param name="parameters">A JSON Schema object.</param>
    /// <param name="strict">Whether arguments must follow the schema. Default false.</param>
    /// <exception cref="JsonException">The schema is not JSON.</exception>
    public static ChatTool ForFunction(
        string name,
        string? description,
        [StringSyntax(StringSyntaxAttribute.Json)] string parameters,
        bool? strict = null
    )
    {
        using JsonDocument schema = JsonDocument.Parse(parameters);
        return ForFunction(name, description, schema.RootElement.Clone(), strict);
    }

    /// <summary>A remote MCP server, called by Groq.</summary>
    /// <param name="serverLabel">A name for the server.</param>
    /// <param name="serverUrl">Its https address.</param>
    public static ChatTool Mcp(string serverLabel, string serverUrl) =>
        new()
        {
            Type = ChatToolType.Mcp,
            ServerLabel = serverLabel,
            ServerUrl = serverUrl,
        };

    /// <summary>A service that Groq connects to with the caller's OAuth token.</summary>
    /// <param name="serverLabel">A name for the connection.</param>
    /// <param name="connector">Which service.</param>
    /// <param name="authorization">The OAuth token.</param>
    public static ChatTool Connector(string serverLabel, ConnectorId connector, string authorization) =>
        new()
        {
            Type = ChatToolType.Mcp,
            ServerLabel = serverLabel,
            ConnectorId = connector,
            Authorization = authorization,
        };

    /// <summary>Names the tool without its secrets.</summary>
    public override string ToString() => $"{nameof(ChatTool)}({Type} {Function?.Name ?? ServerLabel})";
}
