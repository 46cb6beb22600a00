using GroqKit.Simulator.Chat.Requests;

namespace GroqKit.Simulator.OpenAi.Chat;

/// <summary>A chat request in OpenAI's form: what it asks of the model, and what only this API knows.</summary>
internal sealed class OpenAiChatRequest
{
    public required ChatRequest Chat { get; init; }

    /// <summary>How many answers are wanted.</summary>
    public int Count { get; set; } = 1;

    /// <summary>Whether chunks are padded to hide how long their words are.</summary>
    public bool Obfuscates { get; set; } = true;

    /// <summary>The properties that are there and not null.</summary>
    public HashSet<string> Given { get; } = new(StringComparer.Ordinal);

    /// <summary>Temperature or top_p away from 1, or a penalty away from 0.</summary>
    public string? ChangedSampling { get; set; }
}
