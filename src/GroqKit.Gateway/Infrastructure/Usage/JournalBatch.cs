using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Infrastructure.Usage;

/// <summary>Records read from the journal, and what to tell it once they are stored.</summary>
/// <param name="Records">In the order in which calls ended; at least one.</param>
/// <param name="Segment">Where they are from.</param>
/// <param name="Position">Where in it they end.</param>
internal sealed record JournalBatch(IReadOnlyList<UsageRecord> Records, long Segment, long Position);
