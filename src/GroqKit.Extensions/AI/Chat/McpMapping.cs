using GroqKit.Chat;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.AI.Chat;

/// <summary>A remote MCP server, called by Groq.</summary>
internal static class McpMapping
{
    private const string Connector = "connector_";
    private const string Authorization = "Authorization";
    private const string Bearer = "Bearer ";

    /// <exception cref="NotSupportedException">Consent is asked for by tool, for which Groq has no word.</exception>
    public static ChatTool Map(HostedMcpServerTool server)
    {
        ChatTool tool = server.ServerAddress.StartsWith(Connector, StringComparison.Ordinal)
            ? ChatTool.Connector(server.ServerName, server.ServerAddress, Token(server))
            : ChatTool.Mcp(server.ServerName, server.ServerAddress) with
            {
                Headers = server.Headers is { Count: > 0 } headers
                    ? new Dictionary<string, string>(headers, StringComparer.OrdinalIgnoreCase)
                    : null,
            };
        return tool with
        {
            ServerDescription = server.ServerDescription,
            AllowedTools = server.AllowedTools is { } allowed ? [.. allowed] : null,
            RequireApproval = server.ApprovalMode switch
            {
                null => (ToolApproval?)null,
                HostedMcpServerToolNeverRequireApprovalMode => ToolApproval.Never,
                HostedMcpServerToolAlwaysRequireApprovalMode => ToolApproval.Always,
                { } mode => throw new NotSupportedException(
                    $"HostedMcpServerTool.ApprovalMode: {mode.GetType().Name} has no counterpart at Groq, which asks for every tool or none."
                ),
            },
        };
    }

    private static string Token(HostedMcpServerTool server)
    {
        string value = "";
        foreach (var (name, text) in server.Headers ?? new Dictionary<string, string>())
        {
            if (string.Equals(name, Authorization, StringComparison.OrdinalIgnoreCase))
                value = text;
        }
        return value.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? value[Bearer.Length..] : value;
    }
}
