using GroqKit.Gateway.Services.Usage;
using GroqKit.Voice;

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

    /// <summary>Whose sound broke off in the turn; where nobody's did, who spoke first: something is wrong with what it says.</summary>
    public IReadOnlyCollection<string> BrokenVoices
    {
        get
        {
            UsageRecord[] spoken =
            [
                .. Records.Where(record => record is { Operation: Operation.Speech, Provider: not null }),
            ];
            UsageRecord[] broken = [.. spoken.Where(record => record.Outcome != Outcome.Completed)];
            return [.. (broken.Length > 0 ? broken : spoken.Take(1)).Select(record => record.Provider!).Distinct()];
        }
    }

    /// <summary>Told who failed or was passed over for whom; null where nobody listens.</summary>
    public Action<VoiceStage, string, string, string>? Switched { get; set; }

    /// <summary>Who spoke last and broke off; null where nobody has.</summary>
    public string? BrokenVoice
    {
        get
        {
            foreach (UsageRecord record in Records.Reverse())
            {
                if (record is { Operation: Operation.Speech, Provider: not null })
                    return $"{record.Provider}/{record.Model}";
            }
            return null;
        }
    }

    public void Add(in UsageRecord record)
    {
        lock (_gate)
            _records.Add(record);
    }
}
