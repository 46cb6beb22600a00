namespace GroqKit.Voice;

/// <summary>When sound counts as speech.</summary>
public sealed record VoiceActivityOptions
{
    /// <summary>How far above the noise speech has to be, in decibels, 1 to 60. Default 9.</summary>
    public double AboveNoise { get; init; } = 9;

    /// <summary>What is quieter is never speech, in decibels below full scale, -90 to -10. Default -50.</summary>
    public double Floor { get; init; } = -50;

    /// <summary>How long sound has to last to count as speech: clicks are shorter. Default 60 ms.</summary>
    public TimeSpan MinSpeech { get; init; } = TimeSpan.FromMilliseconds(60);

    /// <summary>How long a silence has to last to end speech. Default 500 ms.</summary>
    public TimeSpan Hangover { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>What is kept before and after speech: beginnings and ends of words are quiet. Default 200 ms.</summary>
    public TimeSpan Padding { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Everything that is wrong, with the field's name first; empty when nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (AboveNoise is not (>= 1 and <= 60))
            errors.Add($"{nameof(AboveNoise)} must be from 1 to 60.");
        if (Floor is not (>= -90 and <= -10))
            errors.Add($"{nameof(Floor)} must be from -90 to -10.");
        Check(MinSpeech, nameof(MinSpeech), errors);
        Check(Hangover, nameof(Hangover), errors);
        Check(Padding, nameof(Padding), errors);
        return errors;
    }

    private static void Check(TimeSpan value, string name, List<string> errors)
    {
        if (value < TimeSpan.Zero || value > TimeSpan.FromSeconds(10))
            errors.Add($"{name} must be from zero to 10 s.");
    }
}
