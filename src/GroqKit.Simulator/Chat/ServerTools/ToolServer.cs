namespace GroqKit.Simulator.Chat.ServerTools;

/// <summary>A remote tool server that a request names, and the tools it is said to have. It is never called.</summary>
internal sealed record ToolServer(string Label, IReadOnlyList<string> Tools)
{
    /// <summary>The tool of a server of which the request allows any.</summary>
    public const string AnyTool = "search";
}
