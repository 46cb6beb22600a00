using GroqKit.Json;
using GroqKit.Telemetry;

namespace GroqKit.Chat;

/// <summary>Usage by model. Groq sends it as null, with null models, or with a list.</summary>
public sealed record UsageBreakdown : GroqObject
{
    /// <summary>One entry per model.</summary>
    public IReadOnlyList<ModelUsage>? Models
    {
        get;
        set => field = AnswerList.Whole(value);
    }

    internal IReadOnlyList<ModelTokens>? Counts =>
        Models is { Count: > 0 }
            ?
            [
                .. Models
                    .Where(model => model.Usage is not null)
                    .Select(model => new ModelTokens(model.Model, model.Usage!.Counts)),
            ]
            : null;
}
