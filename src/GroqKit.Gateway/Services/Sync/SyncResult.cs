using GroqKit.Gateway.Services.Jobs;

namespace GroqKit.Gateway.Services.Sync;

/// <summary>What a run of a background task did.</summary>
/// <param name="Summary">In a sentence, for the operator.</param>
/// <param name="Effect">What it writes; together with the news that it ran, or not at all.</param>
internal sealed record SyncResult(string Summary, JobEffect? Effect = null);
