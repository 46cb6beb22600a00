using GroqKit.Catalog;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Services.Pricing;

/// <summary>Groq's prices from the model catalogue, by the day of the call. The simulator charges, in play money, what Groq does.</summary>
internal sealed class CatalogPrices(ModelCatalog catalog) : IPriceBook
{
    private static readonly string[] Providers = ["groq", "simulator"];

    public long? LongestAnswer(string provider, string model) =>
        Providers.Contains(provider, StringComparer.Ordinal) ? catalog.Find(model)?.MaxOutput : null;

    public decimal? CostOf(string provider, string model, TokenUsage tokens, SpeechUsage speech, DateOnly date)
    {
        if (!Providers.Contains(provider, StringComparer.Ordinal))
            return null;
        // A provider may say that it billed audio without saying how long it was; that is not free.
        if (speech is { AudioBytesIn: > 0, AudioIn: null })
            return null;
        var usage = new ModelUsage
        {
            InputTokens = tokens.Prompt,
            CachedInputTokens = tokens.Cached,
            OutputTokens = tokens.Completion,
            Characters = speech.Characters,
            Audio = speech.AudioIn,
        };
        try
        {
            return catalog.CostOf(model, in usage, date);
        }
        catch (OverflowException)
        {
            // A provider that reports absurd amounts; what they cost isn't known.
            return null;
        }
    }
}
