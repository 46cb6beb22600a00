namespace GroqKit.Audio;

/// <summary>A part of a longer recording, as a recording of its own.</summary>
/// <param name="Index">Its number, from 0.</param>
/// <param name="Start">Where it begins in the whole recording.</param>
/// <param name="Duration">How long it is.</param>
/// <param name="Audio">A WAV file in the format of the whole.</param>
public sealed record AudioPart(int Index, TimeSpan Start, TimeSpan Duration, AudioInput Audio);
