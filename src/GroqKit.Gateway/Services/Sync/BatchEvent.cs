namespace GroqKit.Gateway.Services.Sync;

/// <summary>What <c>batch.finished</c> says; a reason only where the gateway gave the batch up.</summary>
internal sealed record BatchEvent(
    string Id,
    string Provider,
    string Status,
    string? OutputFileId,
    string? ErrorFileId,
    long Total,
    long Completed,
    long Failed,
    string? Reason
);
