using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Services.Voice;

/// <summary>The accounts of the calls that were made for one spoken turn. Thread-safe.</summary>
internal sealed class TurnAccount
{
    private readonly Lock _gate = new();
    private readonly List<UsageRecord> _records = [];

    public IReadOnlyList<UsageRecord> Records
    {
        get
        {
            lock (_gate)
                return [.. _records];
        }
    }

    /// <summary>US dollars; null when a price isn't known, never zero for that.</summary>
    public decimal? Cost
    {
        get
        {
            decimal? sum = 0m;
            foreach (UsageRecord record in Records)
                sum += record.Cost;
            return sum;
        }
    }

    public void Add(in UsageRecord record)
    {
        lock (_gate)
            _records.Add(record);
    }
}
