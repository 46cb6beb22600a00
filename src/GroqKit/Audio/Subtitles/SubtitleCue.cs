using System.Runtime.InteropServices;

namespace GroqKit.Audio;

/// <summary>A text and the time in which it is shown.</summary>
/// <param name="Start">From the beginning of the recording.</param>
/// <param name="End">From the beginning of the recording.</param>
/// <param name="Text">One or more lines.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SubtitleCue(TimeSpan Start, TimeSpan End, string Text);
