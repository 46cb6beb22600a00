namespace GroqKit.Chat;

/// <summary>A finished run of tools: the last answer, how it was reached, and what it took.</summary>
public sealed record ToolRun
{
    /// <summary>Why it ended.</summary>
    public required ToolRunEnding Ending { get; init; }

    /// <summary>The last answer.</summary>
    public required ChatCompletion Completion { get; init; }

    /// <summary>Every turn, at least one.</summary>
    public required IReadOnlyList<ToolStep> Steps { get; init; }

    /// <summary>
    /// The request's messages and all that followed, ready to be continued. A last answer whose calls were not run is left out: a
    /// conversation must not hold calls without results.
    /// </summary>
    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    /// <summary>Those of the messages that the run has added.</summary>
    public required IReadOnlyList<ChatMessage> NewMessages { get; init; }

    /// <summary>The calls of the last answer that were not run; empty when the model answered.</summary>
    public required IReadOnlyList<ToolCall> Pending { get; init; }

    /// <summary>Tokens and times of all turns together; null when the server gave no figures. A question that failed reports none.</summary>
    public ChatUsage? Usage { get; init; }

    /// <summary>How many turns had to be asked for once more; see <see cref="CallOptions.Repair"/>.</summary>
    public int Repairs => Steps.Sum(step => step.Completion.Repairs.Count);

    /// <summary>The last answer's text; null when it only calls tools.</summary>
    public string? Text => Completion.Text;
}
