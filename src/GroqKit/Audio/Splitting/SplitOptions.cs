namespace GroqKit.Audio;

/// <summary>How a long recording is split into parts that are transcribed one by one. Parts never overlap, and together are the recording.</summary>
public sealed record SplitOptions
{
    /// <summary>The longest part. Default: 10 minutes. At least 1 s, and twice <see cref="MinPartDuration"/>.</summary>
    public TimeSpan MaxPartDuration { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The shortest part, unless <see cref="MaxPartBytes"/> leaves room for less. Default: 30 s; Groq bills at least 10 s each. More than zero.
    /// </summary>
    public TimeSpan MinPartDuration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The largest part in bytes, header included. Default: 24,000,000, a little below what Groq takes. At least 64 KB.</summary>
    public long MaxPartBytes { get; init; } = 24_000_000;

    /// <summary>How loud silence may be, in decibels relative to full scale. Default: -40. From -100 to 0.</summary>
    /// <remarks>Where nothing is as quiet as that, the quietest place is taken.</remarks>
    public double SilenceDecibels { get; init; } = -40;

    /// <summary>How long it must stay that quiet to count as a pause. Default: 0.3 s. At least <see cref="Window"/>.</summary>
    public TimeSpan MinSilence { get; init; } = TimeSpan.FromSeconds(0.3);

    /// <summary>The stretch of which the loudness is measured. Default: 20 ms. From 1 ms to 1 s.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Parts transcribed at the same time, 1 to 64. Default: 4.</summary>
    public int MaxParallel { get; init; } = 4;

    /// <summary>
    /// Whether each part is given the end of the text before it as a prompt, so that names and style carry over. Needs <see cref="MaxParallel"/>
    /// to be 1, because a part then has to wait for the one before. Default: false.
    /// </summary>
    public bool CarriesPrompt { get; init; }

    /// <summary>Is told of every part that was transcribed, in the order in which they are done.</summary>
    public IProgress<TranscribedPart>? Progress { get; init; }

    internal void Validate()
    {
        OptionRule.Require(MinPartDuration > TimeSpan.Zero, nameof(MinPartDuration), MinPartDuration, "more than zero");
        OptionRule.Require(
            MaxPartDuration >= TimeSpan.FromSeconds(1) && MaxPartDuration >= MinPartDuration * 2,
            nameof(MaxPartDuration),
            MaxPartDuration,
            "at least 1 s and twice MinPartDuration"
        );
        OptionRule.Require(MaxPartBytes >= 64 * 1024, nameof(MaxPartBytes), MaxPartBytes, "at least 65536");
        OptionRule.Require(
            SilenceDecibels is >= -100 and <= 0,
            nameof(SilenceDecibels),
            SilenceDecibels,
            "from -100 to 0"
        );
        OptionRule.Require(
            Window >= TimeSpan.FromMilliseconds(1) && Window <= TimeSpan.FromSeconds(1),
            nameof(Window),
            Window,
            "from 1 ms to 1 s"
        );
        OptionRule.Require(MinSilence >= Window, nameof(MinSilence), MinSilence, "at least Window");
        OptionRule.Require(MaxParallel is >= 1 and <= 64, nameof(MaxParallel), MaxParallel, "from 1 to 64");
        OptionRule.Require(
            !CarriesPrompt || MaxParallel == 1,
            nameof(CarriesPrompt),
            CarriesPrompt,
            "false unless MaxParallel is 1"
        );
    }
}
