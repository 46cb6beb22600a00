namespace GroqKit.Chat;

/// <summary>Something that happened in a streamed run; exactly one of its members besides the step is set.</summary>
public sealed record ToolRunUpdate
{
    /// <summary>In which turn, from 1.</summary>
    public required int Step { get; init; }

    /// <summary>A piece of an answer.</summary>
    public ChatChunk? Chunk { get; init; }

    /// <summary>A call that begins.</summary>
    public ToolCall? Calling { get; init; }

    /// <summary>A call that has ended. Results come in the order of the calls.</summary>
    public ToolResult? Called { get; init; }

    /// <summary>The turn is asked for once more: what it has said so far is void.</summary>
    public GenerationRepair? Repair { get; init; }

    /// <summary>New text; null when there is none.</summary>
    public string? Text => Chunk?.Text;

    /// <summary>New thinking; null when there is none.</summary>
    public string? Reasoning => Chunk?.Reasoning;
}
