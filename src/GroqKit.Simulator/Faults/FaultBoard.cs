namespace GroqKit.Simulator.Faults;

/// <summary>Faults that apply to requests without their asking, until cleared or used up. Safe for use from many threads.</summary>
public sealed class FaultBoard
{
    private readonly Lock _gate = new();
    private volatile Entry[] _entries = [];

    internal FaultBoard() { }

    /// <summary>What is set, in the order in which it applies.</summary>
    public IReadOnlyList<StandingFault> Standing
    {
        get
        {
            lock (_gate)
                return [.. _entries.Select(entry => new StandingFault(entry.Text, entry.Model, entry.Remaining))];
        }
    }

    /// <summary>Adds a fault (or several, separated by commas) for the requests to come.</summary>
    /// <param name="fault">For example <c>503</c>, <c>429:retry-after=2</c>, <c>slow-first-token:ms=500,cut:after=40</c>.</param>
    /// <param name="count">How many requests it meets, at least 1; null for all until <see cref="Clear"/>.</param>
    /// <param name="model">Only requests for this model; null for all.</param>
    /// <exception cref="ArgumentException">The fault or one of its parameters is not known; the message lists what is.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public void Set(string fault, int? count = null, string? model = null)
    {
        ArgumentNullException.ThrowIfNull(fault);
        if (count < 1)
            throw new ArgumentOutOfRangeException(nameof(count), count, "count must be at least 1");
        Entry entry;
        try
        {
            entry = new Entry(fault, FaultParser.Parse(fault), model) { Remaining = count };
        }
        catch (FaultSyntaxException exception)
        {
            throw new ArgumentException(exception.Message, nameof(fault), exception);
        }

        lock (_gate)
            _entries = [.. _entries, entry];
    }

    /// <summary>Removes everything that was set.</summary>
    public void Clear()
    {
        lock (_gate)
            _entries = [];
    }

    /// <summary>The faults for a request; null stands for the moment before its model is known. Counts them as used.</summary>
    internal IReadOnlyList<ArmedFault> Take(string? model)
    {
        if (_entries.Length == 0)
            return [];
        lock (_gate)
        {
            Entry[] meant = [.. _entries.Where(entry => entry.Model == model)];
            foreach (Entry entry in meant)
                entry.Remaining--;
            _entries = [.. _entries.Where(entry => entry.Remaining is not 0)];
            return [.. meant.SelectMany(entry => entry.Faults)];
        }
    }

    private sealed class Entry(string text, IReadOnlyList<ArmedFault> faults, string? model)
    {
        public string Text => text;

        public IReadOnlyList<ArmedFault> Faults => faults;

        public string? Model => model;

        public int? Remaining { get; set; }
    }
}
