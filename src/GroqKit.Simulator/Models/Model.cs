using System.Collections.Frozen;
using GroqKit.Simulator.RateLimits;

namespace GroqKit.Simulator.Models;

/// <summary>One model of the catalogue, as far as the simulator acts on it.</summary>
internal sealed record Model
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Owner { get; init; }

    public required ModelStatus Status { get; init; }

    /// <summary>chat, guard, speech, transcription, embedding or reranking.</summary>
    public required string Kind { get; init; }

    public int? ContextWindow { get; init; }

    public int? MaxOutput { get; init; }

    public double? TokensPerSecond { get; init; }

    public int MaxImages { get; init; } = 3;

    public string? Replacement { get; init; }

    public required FrozenSet<string> Capabilities { get; init; }

    public IReadOnlyList<string> ReasoningEfforts { get; init; } = [];

    public IReadOnlyList<string> InputModalities { get; init; } = [];

    public IReadOnlyList<string> OutputModalities { get; init; } = [];

    /// <summary>Of a model that speaks.</summary>
    public IReadOnlyList<string> Voices { get; init; } = [];

    public ModelPrice? Price { get; init; }

    public long Created { get; init; }

    public ModelLimits FreeLimits { get; init; } = ModelLimits.Unlimited;

    public ModelLimits DeveloperLimits { get; init; } = ModelLimits.Unlimited;

    /// <summary>GPT-OSS has a reasoning channel of its own and calls one tool per turn.</summary>
    public bool IsGptOss => Id.StartsWith("openai/gpt-oss", StringComparison.Ordinal);

    /// <summary>A system that chooses and runs its tools itself.</summary>
    public bool IsCompound => Can("web_search");

    /// <summary>Models that answer with an injection score instead of text.</summary>
    public bool ScoresInjection => Can("injection_detection");

    public bool AnswersChat => Kind is "chat" || (Kind is "guard" && OutputModalities.Contains("text"));

    public bool Can(string capability) => Capabilities.Contains(capability);
}
