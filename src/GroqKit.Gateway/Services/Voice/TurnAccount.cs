using GroqKit.Gateway.Services.Usage;
using GroqKit.Voice;

namespace GroqKit.Gateway.Services.Voice;

/// <summary>The accounts of the calls that were made for one spoken turn. Thread-safe.</summary>
internal sealed class TurnAccount
{
    private readonly Lock _gate = new();
    private readonly List<UsageRecord> _records = [];
    private readonly Dictionary<string, int> _told = [];

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
        if (record is { Fallback: { } steps, Outcome: Outcome.Completed })
            Tell(record.RequestId, record.Operation, steps, $"{record.Provider}/{record.Model}");
    }

    /// <summary>Tells of those who failed before the one that serves, each once; more of them may come when an answer breaks.</summary>
    /// <param name="call">The call's id.</param>
    /// <param name="operation">What was asked.</param>
    /// <param name="steps">Who failed and why, in the words of the header.</param>
    /// <param name="to">Who serves.</param>
    public void Tell(string call, string operation, string steps, string to)
    {
        string[] all = steps.Split(", ");
        int told;
        lock (_gate)
        {
            told = _told.GetValueOrDefault(call);
            _told[call] = Math.Max(told, all.Length);
        }
        foreach (string step in all.Skip(told))
        {
            int cut = step.IndexOf(": ", StringComparison.Ordinal);
            if (cut > 0)
                Switched?.Invoke(StageOf(operation), step[..cut], to, step[(cut + 2)..]);
        }
    }

    private static VoiceStage StageOf(string operation) =>
        operation switch
        {
            Operation.Transcription => VoiceStage.Hearing,
            Operation.Speech => VoiceStage.Speaking,
            _ => VoiceStage.Answering,
        };
}
