using GroqKit.Simulator.Scenarios;

namespace GroqKit.Simulator.Chat.Requests;

/// <summary>A chat request, read and checked; filled by <see cref="ChatRequestRules"/> one property at a time.</summary>
internal sealed class ChatRequest
{
    public string Model { get; set; } = "";

    public IReadOnlyList<ChatMessage> Messages { get; set; } = [];

    public int? MaxTokens { get; set; }

    public IReadOnlyList<string> Stop { get; set; } = [];

    public long? Seed { get; set; }

    public bool Stream { get; set; }

    public bool IncludeUsage { get; set; }

    public IReadOnlyList<ToolOffer> Tools { get; set; } = [];

    /// <summary>The tools came as deprecated <c>functions</c>, so a call is answered as <c>function_call</c>.</summary>
    public bool UsesFunctions { get; set; }

    public ToolChoice ToolChoice { get; set; } = ToolChoice.Auto;

    public bool ParallelToolCalls { get; set; } = true;

    public ResponseFormat Format { get; set; } = ResponseFormat.Text;

    public string? ReasoningEffort { get; set; }

    public string? ReasoningFormat { get; set; }

    public bool? IncludeReasoning { get; set; }

    public string? ServiceTier { get; set; }

    /// <summary>Tokens of what is neither message nor tool: documents and the answer's schema.</summary>
    public int OtherTokens { get; set; }

    /// <summary>Equal for equal requests, whether they ask for a stream or not.</summary>
    public ulong Hash { get; set; }

    /// <summary>What the last user message says.</summary>
    public string Prompt => Messages.LastOrDefault(message => message.Role == "user")?.Text ?? "";

    /// <summary>The tools that Compound is told to use; null leaves them to it.</summary>
    public IReadOnlyList<string>? EnabledTools { get; set; }

    /// <summary>What a scenario makes the model say; null leaves it to the model.</summary>
    public ScriptedWords? Words { get; set; }

    public bool HasFunctions => Tools.Any(tool => tool.Name is not null);
}
