namespace GroqKit.Gateway.Services.Sync;

/// <summary>How far a batch is.</summary>
/// <param name="Status">As the provider words it; <c>gone</c> where it has none of that id.</param>
/// <param name="OutputFile">The file with its answers; null where there is none.</param>
/// <param name="ErrorFile">The file with what failed; null where there is none.</param>
/// <param name="Total">How many requests it has.</param>
/// <param name="Completed">How many were answered.</param>
/// <param name="Failed">How many failed.</param>
internal sealed record BatchState(
    string Status,
    string? OutputFile,
    string? ErrorFile,
    long Total,
    long Completed,
    long Failed
)
{
    public const string Gone = "gone";

    private static readonly string[] Ends = ["completed", "failed", "expired", "cancelled"];

    /// <summary>Whether nothing more will come of it.</summary>
    public bool IsOver => Status == Gone || Ends.Contains(Status);
}
