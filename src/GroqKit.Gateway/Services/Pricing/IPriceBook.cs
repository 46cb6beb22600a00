using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Services.Pricing;

/// <summary>What providers charge. Asked on the hot path: answers from memory and never throws.</summary>
internal interface IPriceBook
{
    /// <returns>US dollars, not rounded; null when a price that is needed isn't known.</returns>
    decimal? CostOf(string provider, string model, TokenUsage tokens, SpeechUsage speech, DateOnly date);

    /// <returns>The most tokens that one answer of a model has; null when that isn't known.</returns>
    long? LongestAnswer(string provider, string model);
}
