namespace GroqKit.Audio;

/// <summary>A part of a longer recording and what was said in it.</summary>
/// <param name="Part">The part.</param>
/// <param name="Transcription">What was said; its times count from the beginning of the part.</param>
public sealed record TranscribedPart(AudioPart Part, Transcription Transcription);
