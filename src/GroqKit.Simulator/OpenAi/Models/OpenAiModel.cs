using GroqKit.Simulator.Models;

namespace GroqKit.Simulator.OpenAi.Models;

/// <summary>One of OpenAI's models, as far as the simulator acts on it.</summary>
/// <param name="Model">What the parts shared with Groq's API go by.</param>
internal sealed record OpenAiModel(Model Model)
{
    public string Id => Model.Id;

    /// <summary>The dated name that answers carry.</summary>
    public string Snapshot { get; init; } = Model.Id;

    /// <summary>What it thinks with when the request does not say; null for a model that does not reason.</summary>
    public string? DefaultEffort { get; init; }

    /// <summary>Whether chat completions take tools while it reasons; the newest models want the Responses API for that.</summary>
    public bool ToolsWhileReasoning { get; init; } = true;

    public bool Reasons => DefaultEffort is not null;

    /// <summary>Response formats of a model that hears.</summary>
    public IReadOnlyList<string> TranscriptFormats { get; init; } = [];
}
