using GroqKit.Audio;

namespace GroqKit;

/// <summary>A part of a long recording could not be transcribed. What was heard before it is kept.</summary>
public sealed class GroqTranscriptionException : GroqException
{
    internal GroqTranscriptionException(AudioPart part, Transcription? partial, GroqException cause)
        : base($"Part {part.Index} of the recording, from {part.Start:c} on: {cause.Message}", cause.Details, cause)
    {
        Part = part;
        Partial = partial;
        Attempts = cause.Attempts;
    }

    /// <summary>The part that failed; it can be sent again by itself.</summary>
    public AudioPart Part { get; }

    /// <summary>What was heard up to the first part that is missing, with times of the whole recording; null when that is the first part of all.</summary>
    public Transcription? Partial { get; }
}
