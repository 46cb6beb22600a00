namespace GroqKit.Gateway.Services.Limits.Leases;

/// <summary>What a ledger answers.</summary>
/// <param name="Granted">How much the node may use beyond what it keeps.</param>
/// <param name="Remaining">What is left for others.</param>
/// <param name="RetryAfter">When the least that was asked for may be there.</param>
/// <param name="Slot">Where the report was put; −1 where it was counted before it came.</param>
/// <param name="Now">The store's time in milliseconds since 1970.</param>
/// <param name="Settling">True while nothing is granted because the store has lost what it held and nodes tell it what they know.</param>
internal sealed record LeaseReply(
    long Granted,
    long Remaining,
    TimeSpan RetryAfter,
    long Slot,
    long Now,
    bool Settling
);
