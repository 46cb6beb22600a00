using System.Collections.Frozen;
using GroqKit.Catalog;
using GroqKit.Gateway.Services.Providers;
using GroqKit.Providers.Pricing;

namespace GroqKit.Gateway.Services.Pricing;

/// <summary>
/// The prices of all kinds of providers by the day of the call, and what the operator says otherwise. The simulator charges, in play
/// money, what Groq does.
/// </summary>
internal sealed class CatalogPrices(PriceList prices) : IPriceBook
{
    private readonly ProviderPricing _pricing = prices.Pricing;

    public CatalogModel? Find(string provider, ProviderKind? kind, string model) => prices.Find(provider, kind, model);

    public long? LongestAnswer(string provider, ProviderKind? kind, string model) =>
        prices.Find(provider, kind, model)?.MaxOutput;

    public decimal? CostOf(string provider, ProviderKind? kind, string model, in BilledUsage usage, DateOnly date)
    {
        // A provider may say that it billed audio without saying how long it was; that is not free.
        if (kind is not { } known || usage.Speech is { AudioBytesIn: > 0, AudioIn: null })
            return null;
        var amounts = new ModelUsage
        {
            InputTokens = usage.Tokens.Prompt,
            CachedInputTokens = usage.Tokens.Cached,
            OutputTokens = usage.Tokens.Completion,
            Characters = usage.Speech.Characters,
            Audio = usage.Speech.AudioIn,
        };
        try
        {
            return _pricing.CostOf(
                PriceList.KindOf(known),
                prices.Find(provider, kind, model),
                new ProviderUsage(amounts)
                {
                    ServiceTier = usage.Tier,
                    ToolCalls = usage.ToolUses ?? FrozenDictionary<string, long>.Empty,
                },
                date
            );
        }
        catch (OverflowException)
        {
            // A provider that reports absurd amounts; what they cost isn't known.
            return null;
        }
    }
}
