namespace GroqKit.Providers.Pricing;

/// <summary>What is peculiar to the bills of one family of models.</summary>
/// <param name="Prefix">How the ids of the family begin.</param>
/// <param name="CacheWriteFactor">What a token written to the cache costs, as a multiple of input; null: as input.</param>
/// <param name="LongInputFrom">Above how many input tokens the whole call costs more; null: never.</param>
/// <param name="LongInputFactor">By what input and cache are multiplied then.</param>
/// <param name="LongOutputFactor">By what output is multiplied then.</param>
internal sealed record FamilyRule(
    string Prefix,
    decimal? CacheWriteFactor = null,
    long? LongInputFrom = null,
    decimal LongInputFactor = 1m,
    decimal LongOutputFactor = 1m
);
