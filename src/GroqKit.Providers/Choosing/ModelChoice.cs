using GroqKit.Providers.Fallback;

namespace GroqKit.Providers.Choosing;

/// <summary>Which models may serve a request, the best first, and why.</summary>
/// <param name="Ranking">Who is asked, in this order: a chain. Empty when no candidate can do what is needed.</param>
/// <param name="Reason">Why the first is the first, in one line of ASCII.</param>
/// <param name="PassedOver">The candidates that can't or should not serve, each with why.</param>
public sealed record ModelChoice(
    IReadOnlyList<FallbackTarget> Ranking,
    string Reason,
    IReadOnlyList<PassedOverModel> PassedOver
)
{
    /// <summary>The name that stands for a choice where a model is named: <c>auto</c>.</summary>
    public const string ModelName = "auto";
}
