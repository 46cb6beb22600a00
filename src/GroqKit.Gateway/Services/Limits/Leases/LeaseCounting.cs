namespace GroqKit.Gateway.Services.Limits.Leases;

/// <summary>What all leased counters work with.</summary>
/// <param name="Store">Where nodes meet.</param>
/// <param name="History">What the database says was used.</param>
/// <param name="Nodes">Who counts.</param>
/// <param name="Time">The clock.</param>
/// <param name="Busy">Told of counters that have to be tended from now on.</param>
internal sealed record LeaseCounting(
    ILedgerStore Store,
    ILimitHistory History,
    NodeRoster Nodes,
    TimeProvider Time,
    Action<LeasedCounter> Busy
);
