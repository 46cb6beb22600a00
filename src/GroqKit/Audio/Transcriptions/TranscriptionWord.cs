namespace GroqKit.Audio;

/// <summary>A word and when it is said.</summary>
public sealed record TranscriptionWord : GroqObject
{
    /// <summary>The word, usually without punctuation.</summary>
    public string Word { get; set; } = "";

    /// <summary>Seconds from the beginning of the recording.</summary>
    public double Start { get; set; }

    /// <summary>Seconds from the beginning of the recording.</summary>
    public double End { get; set; }
}
