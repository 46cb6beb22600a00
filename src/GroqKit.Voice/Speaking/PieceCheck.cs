using GroqKit.Voice.Sound;

namespace GroqKit.Voice.Speaking;

/// <summary>Judges whether the sound of a piece can be what its text says: providers answer 200 with nothing, with silence, with half of it.</summary>
internal sealed class PieceCheck(int characters, int rate)
{
    // Softer sound is noise of an encoder.
    private const double Audible = -54;

    // Speech takes 40 to 120 ms a character; what lies far outside is no speech of this text.
    private const double ShortestPerCharacter = 0.020;
    private const double LongestPerCharacter = 0.250;
    private const double LongestSilence = 2;
    private const double AlwaysAllowed = 4;

    /// <summary>Samples that were seen.</summary>
    public long Samples { get; private set; }

    /// <summary>Whether any of them can be heard.</summary>
    public bool IsAudible { get; private set; }

    /// <summary>Whether more came than any voice needs for the text.</summary>
    public bool IsTooLong => Seconds > AlwaysAllowed + characters * LongestPerCharacter;

    private double Seconds => (double)Samples / rate;

    /// <summary>Takes sound. False while it is held back, because it may all be silence.</summary>
    public bool Add(ReadOnlySpan<short> block)
    {
        Samples += block.Length;
        IsAudible = IsAudible || Loudness.Of(block) > Audible;
        return IsAudible || Seconds > LongestSilence;
    }

    /// <summary>What is wrong with the whole; null when nothing is.</summary>
    public string? FindFault()
    {
        if (Samples == 0)
            return "the answer holds no sound";
        if (!IsAudible)
            return "the sound is silence";
        return Seconds < characters * ShortestPerCharacter ? "the sound is far too short for its text" : null;
    }
}
