namespace GroqKit.Simulator.Chat.ServerTools;

/// <summary>A tool that ran on the server; what it returned is made up.</summary>
internal sealed record ExecutedTool(string Type, string Name, string Arguments, string Output)
{
    /// <summary>Of a search or a visit.</summary>
    public IReadOnlyList<FoundPage> Pages { get; init; } = [];

    /// <summary>Of a program that ran.</summary>
    public string? Printed { get; init; }

    /// <summary>Whether the pages were browsed rather than found.</summary>
    public bool IsBrowsing { get; init; }

    /// <summary>The label of the remote server whose tool it is; null for a tool of Groq's own.</summary>
    public string? Server { get; init; }
}
