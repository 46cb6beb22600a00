namespace GroqKit.Providers.Fallback;

/// <summary>How long is waited for a provider before the next is asked. Deadlines are by progress: bytes that carry nothing do not count.</summary>
public sealed record FallbackOptions
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>
    /// From asking to the first useful output while there is another provider to ask. Headers, roles, empty pieces and heartbeats are no
    /// output. More than zero, at most a day. Default 10 s: rate-limited calls of speech were seen to take longer, healthy ones never. A wait
    /// for the call's turn, under a cap of our own or a limit that is used up, is not counted; whose turn is farther off than this is passed over.
    /// </summary>
    public TimeSpan FirstOutputTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The same when nobody else is left to ask; the last is waited for as long as <see cref="TotalTimeout"/> allows. Default 60 s.</summary>
    public TimeSpan LastFirstOutputTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// From asking to an answer that comes in one piece, whose progress can't be seen, while there is another provider to ask; a wait for its turn is
    /// not counted. More than zero, at most a day. Default 30 s.
    /// </summary>
    public TimeSpan WholeAnswerTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The same when nobody else is left to ask. Default 60 s.</summary>
    public TimeSpan LastWholeAnswerTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest silence after output began. More than zero, at most a day. Default 20 s.</summary>
    public TimeSpan GapTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// All attempts together with their rounds, pauses and waits, up to the first output: a chain in which everyone hangs fails after exactly this
    /// time, and whoever has not been asked by then is not. Counted anew when an answer breaks and somebody is to go on. More than zero, at
    /// most a day. Default 120 s.
    /// </summary>
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>
    /// How often the chain is gone through while failures are of the kind that passes, 1 to 10. Default 2. Between rounds the shortest
    /// wait that a provider asked for is kept, at least <see cref="RoundPause"/>.
    /// </summary>
    public int Rounds { get; init; } = 2;

    /// <summary>The least wait between two rounds. Default 500 ms.</summary>
    public TimeSpan RoundPause { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// When set, the next provider is asked too once the first has not begun to answer after this time; the quicker one serves, both are
    /// paid. Default null: one at a time.
    /// </summary>
    public TimeSpan? HedgeAfter { get; init; }

    /// <summary>What happens when an answer breaks after a part of it was delivered. Default: the call fails.</summary>
    public BreakPolicy OnBreak { get; init; } = BreakPolicy.Fail;

    /// <summary>
    /// How many pieces of output are held back before the first is delivered, 1 to 1000: a break among them goes unnoticed. Default 1:
    /// delivered at once.
    /// </summary>
    public int Hold { get; init; } = 1;

    /// <summary>Everything that is wrong, with the field's name first; empty when nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        Check(FirstOutputTimeout, nameof(FirstOutputTimeout), errors);
        Check(LastFirstOutputTimeout, nameof(LastFirstOutputTimeout), errors);
        Check(WholeAnswerTimeout, nameof(WholeAnswerTimeout), errors);
        Check(LastWholeAnswerTimeout, nameof(LastWholeAnswerTimeout), errors);
        Check(GapTimeout, nameof(GapTimeout), errors);
        Check(TotalTimeout, nameof(TotalTimeout), errors);
        if (HedgeAfter is { } hedge)
            Check(hedge, nameof(HedgeAfter), errors);
        if (Rounds is < 1 or > 10)
            errors.Add($"{nameof(Rounds)} must be from 1 to 10.");
        if (RoundPause < TimeSpan.Zero || RoundPause > Longest)
            errors.Add($"{nameof(RoundPause)} must be from zero to a day.");
        if (Hold is < 1 or > 1000)
            errors.Add($"{nameof(Hold)} must be from 1 to 1000.");
        if (!Enum.IsDefined(OnBreak))
            errors.Add($"{nameof(OnBreak)} is none of {string.Join(", ", Enum.GetNames<BreakPolicy>())}.");
        return errors;
    }

    private static void Check(TimeSpan value, string name, List<string> errors)
    {
        if (value <= TimeSpan.Zero || value > Longest)
            errors.Add($"{name} must be more than zero and at most a day.");
    }
}
