namespace GroqKit.Audio;

/// <summary>From which timestamps subtitles are made.</summary>
public enum SubtitleSource
{
    /// <summary>From words where there are any, else from segments.</summary>
    Best,

    /// <summary>From segments: Whisper's own phrases.</summary>
    Segments,

    /// <summary>From words, which gives the truest times.</summary>
    Words,
}
