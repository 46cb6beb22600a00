namespace GroqKit.Gateway.Services.Translation.Chat;

/// <summary>What one chunk of a chat brings, or a whole answer.</summary>
internal sealed record ChatDelta
{
    public string Text { get; init; } = "";

    public string Reasoning { get; init; } = "";

    /// <summary>By place: the parts of calls; id and name come with the first part only.</summary>
    public IReadOnlyList<(int Place, ToolUse Part)> Calls { get; init; } = [];

    public string? FinishReason { get; init; }

    public bool HasOutput => Text.Length > 0 || Reasoning.Length > 0 || Calls.Count > 0;
}
