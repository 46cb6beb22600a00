namespace GroqKit.Gateway.Services.Sync;

/// <summary>How far a batch is.</summary>
/// <param name="Status">As the provider words it.</param>
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
    private const string Failure = "failed";

    private static readonly string[] Ends = ["completed", Failure, "expired", "cancelled"];

    /// <summary>Why the gateway gave it up; null where the provider itself says how it is.</summary>
    public string? Reason { get; private init; }

    /// <summary>Whether nothing more will come of it.</summary>
    public bool IsOver => Ends.Contains(Status);

    /// <summary>A batch of which nobody will hear any more.</summary>
    public static BatchState GivenUp(string reason) => new(Failure, null, null, 0, 0, 0) { Reason = reason };
}
