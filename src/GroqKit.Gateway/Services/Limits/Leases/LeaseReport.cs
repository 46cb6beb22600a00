namespace GroqKit.Gateway.Services.Limits.Leases;

/// <summary>What a node has used. Sent again as it is until it is known to have arrived, and counted once.</summary>
/// <param name="Sequence">Counts the reports of a node about one limit.</param>
/// <param name="Used">How much was used since the last report.</param>
/// <param name="Covered">How much of it was leased; it is counted already when the lease has expired.</param>
/// <param name="Corrections">What is to be added to slots of earlier reports.</param>
internal sealed record LeaseReport(
    long Sequence,
    long Used,
    long Covered,
    IReadOnlyList<KeyValuePair<long, long>> Corrections
)
{
    public bool IsEmpty => Used == 0 && Corrections.Count == 0;
}
