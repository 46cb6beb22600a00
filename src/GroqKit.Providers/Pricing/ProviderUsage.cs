using System.Collections.Frozen;
using GroqKit.Catalog;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Pricing;

/// <summary>What one call used, as far as it is billed.</summary>
/// <param name="Amounts">Tokens, audio and characters.</param>
public sealed record ProviderUsage(ModelUsage Amounts)
{
    /// <summary>Input tokens that were written to the cache; contained in the input. Not negative.</summary>
    public long CacheWriteTokens { get; init; }

    /// <summary>The tier that really served, as the answer tells it; null for the usual one.</summary>
    public string? ServiceTier { get; init; }

    /// <summary>How often the provider ran each of its own tools.</summary>
    public IReadOnlyDictionary<string, long> ToolCalls { get; init; } = FrozenDictionary<string, long>.Empty;

    /// <summary>What an answer reports. Thinking is contained in the output, and is not counted again.</summary>
    /// <param name="usage">The answer's usage; null counts as nothing used.</param>
    /// <param name="serviceTier">The tier that served.</param>
    public static ProviderUsage From(UsageDetails? usage, string? serviceTier = null)
    {
        return new ProviderUsage(
            new ModelUsage
            {
                InputTokens = Math.Max(usage?.InputTokenCount ?? 0, 0),
                CachedInputTokens = Math.Max(usage?.CachedInputTokenCount ?? 0, 0),
                OutputTokens = Math.Max(usage?.OutputTokenCount ?? 0, 0),
                Characters = Count(UsageCounts.Characters) ?? 0,
                Audio = Count(UsageCounts.AudioMilliseconds) is { } audio ? TimeSpan.FromMilliseconds(audio) : null,
            }
        )
        {
            CacheWriteTokens = Count(UsageCounts.CacheWriteTokens) ?? 0,
            ServiceTier = serviceTier,
        };

        long? Count(string name) =>
            usage?.AdditionalCounts is { } counts && counts.TryGetValue(name, out long value)
                ? Math.Max(value, 0)
                : null;
    }
}
