using GroqKit.Catalog;

namespace GroqKit.Chat;

/// <summary>How much of a conversation a model can be sent.</summary>
public sealed record ContextBudget
{
    /// <summary>Tokens in and out together, at least 1.</summary>
    public required int ContextWindow { get; init; }

    /// <summary>Room left for the answer, thinking included, at least 1. Default: a quarter of the window.</summary>
    public int? AnswerTokens { get; init; }

    /// <summary>Room left for what the request holds besides messages, such as tools: see <see cref="TokenEstimate.Count(IEnumerable{ChatTool})"/>. Default 0.</summary>
    public int OverheadTokens { get; init; }

    /// <summary>How messages are counted. Default: <see cref="TokenEstimate"/>.</summary>
    public ITokenCounter Counter { get; init; } = TokenEstimate.Default;

    /// <summary>Room left for messages; 0 when answer and overhead take everything.</summary>
    public int Room =>
        (int)Math.Max(0L, (long)ContextWindow - (AnswerTokens ?? Math.Max(1, ContextWindow / 4)) - OverheadTokens);

    /// <summary>The budget of a model that the catalogue knows. The answer gets what the model can write, but at most a quarter of the window.</summary>
    /// <param name="model">The model's id.</param>
    /// <exception cref="GroqValidationException">The catalogue does not know the model's window.</exception>
    public static ContextBudget For(string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (ModelCatalog.Default.Find(model) is not { ContextWindow: { } window } known)
            throw ChatRequestRules.Invalid(
                "model",
                $"{model} has no known context window: make a {nameof(ContextBudget)} with one."
            );
        return new ContextBudget
        {
            ContextWindow = window,
            AnswerTokens = known.MaxOutput < window / 4 ? known.MaxOutput : null,
        };
    }

    internal void Check()
    {
        if (ContextWindow < 1)
            throw ChatRequestRules.Invalid(nameof(ContextWindow), "must be at least 1.");
        if (AnswerTokens < 1)
            throw ChatRequestRules.Invalid(nameof(AnswerTokens), "must be at least 1.");
        if (OverheadTokens < 0)
            throw ChatRequestRules.Invalid(nameof(OverheadTokens), "must not be negative.");
        if (Counter is null)
            throw ChatRequestRules.Invalid(nameof(Counter), "is missing.");
    }
}
