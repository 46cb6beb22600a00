namespace GroqKit.Voice;

/// <summary>How spoken turns are held. Immutable; checked when a pipeline is made.</summary>
public sealed record VoiceOptions
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>The form of the sound that answers have, whoever speaks. Default: 16-bit samples, 24,000 a second.</summary>
    public SoundFormat Output { get; init; } = SoundFormat.Default;

    /// <summary>When sound counts as speech.</summary>
    public VoiceActivityOptions VoiceActivity { get; init; } = new();

    /// <summary>Whether silence before and after speech is not sent. Default true.</summary>
    public bool TrimSilence { get; init; } = true;

    /// <summary>The most bytes of sound that a turn may begin with, 1 to 1 GiB. Default 25 MiB.</summary>
    public long MaxInputBytes { get; init; } = 25L * 1024 * 1024;

    /// <summary>The most characters that one call of speech takes, 40 to 4,096. Default 200: Groq's voices take no more.</summary>
    public int MaxPieceCharacters { get; init; } = 200;

    /// <summary>What later pieces have at least, 1 to <see cref="MaxPieceCharacters"/>: short sentences are joined. Default 60.</summary>
    public int MinPieceCharacters { get; init; } = 60;

    /// <summary>How many pieces are spoken at once, in order: 1 to 8. Default 2.</summary>
    public int PiecesAhead { get; init; } = 2;

    /// <summary>After this time a first piece is cut at a word when it has five words. Default 350 ms.</summary>
    public TimeSpan FirstPieceWait { get; init; } = TimeSpan.FromMilliseconds(350);

    /// <summary>How often the model may be asked again after it called tools, 0 to 20. Default 3.</summary>
    public int MaxToolSteps { get; init; } = 3;

    /// <summary>
    /// How long a turn waits for what the caller's own tools give (<see cref="VoiceTurn.AnswerTool"/>); the model is told when none came. More than zero.
    /// Null: it does not wait, and ends when the model asks for one. Default null.
    /// </summary>
    public TimeSpan? ToolResultTimeout { get; init; }

    /// <summary>All of a turn after the end of speech, up to its last sound. More than zero, at most an hour. Default 2 min.</summary>
    public TimeSpan TurnTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a caller may take nothing while sound waits for it. More than zero. Default 10 s.</summary>
    public TimeSpan SlowClientTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How far the sound of a sentence may fall behind its playing before somebody else goes on with it. More than zero. Default 5 s.</summary>
    public TimeSpan SlowVoiceTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many events wait for a caller before speaking pauses, 8 to 10,000. Default 128: about 30 s of sound, 20 s where words are marked.</summary>
    public int BufferedEvents { get; init; } = 128;

    /// <summary>
    /// Whether <see cref="AudioDelta.Data"/> is lent: it may be read until the next event is asked for, and is to be copied to be kept. Who gives sound on
    /// at once has half the memory traffic with it. Default false: the bytes are the reader's for good.
    /// </summary>
    public bool LendsSound { get; init; }

    /// <summary>Everything that is wrong, with the field's name first; empty when nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (VoiceActivity is null)
            errors.Add($"{nameof(VoiceActivity)} must not be null.");
        else
            errors.AddRange(VoiceActivity.Validate().Select(error => $"{nameof(VoiceActivity)}.{error}"));
        if (Output.SampleRate is < 8_000 or > 48_000 || !Enum.IsDefined(Output.Coding))
            errors.Add($"{nameof(Output)} must have a rate from 8000 to 48000.");
        Check(MaxInputBytes, 1, 1L << 30, nameof(MaxInputBytes), errors);
        Check(MaxPieceCharacters, 40, 4096, nameof(MaxPieceCharacters), errors);
        Check(MinPieceCharacters, 1, Math.Max(MaxPieceCharacters, 1), nameof(MinPieceCharacters), errors);
        Check(PiecesAhead, 1, 8, nameof(PiecesAhead), errors);
        Check(MaxToolSteps, 0, 20, nameof(MaxToolSteps), errors);
        Check(BufferedEvents, 8, 10_000, nameof(BufferedEvents), errors);
        Check(FirstPieceWait, nameof(FirstPieceWait), errors);
        if (ToolResultTimeout is { } patience)
            Check(patience, nameof(ToolResultTimeout), errors);
        Check(TurnTimeout, nameof(TurnTimeout), errors);
        Check(SlowClientTimeout, nameof(SlowClientTimeout), errors);
        Check(SlowVoiceTimeout, nameof(SlowVoiceTimeout), errors);
        return errors;
    }

    private static void Check(long value, long least, long most, string name, List<string> errors)
    {
        if (value < least || value > most)
            errors.Add($"{name} must be from {least} to {most}.");
    }

    private static void Check(TimeSpan value, string name, List<string> errors)
    {
        if (value <= TimeSpan.Zero || value > Longest)
            errors.Add($"{name} must be more than zero and at most an hour.");
    }
}
