using System.Text.Json;
using GroqKit.Chat;

namespace GroqKit.Completions;

/// <summary>One answer.</summary>
public sealed record CompletionChoice : GroqObject
{
    /// <summary>The text; in a stream, what is new.</summary>
    public string Text { get; set; } = "";

    /// <summary>The answer's position.</summary>
    public int Index { get; set; }

    /// <summary>Log probabilities as the server gave them.</summary>
    public JsonElement? Logprobs { get; set; }

    /// <summary>Why it ended; null in all but the last piece of a stream.</summary>
    public FinishReason? FinishReason { get; set; }
}
