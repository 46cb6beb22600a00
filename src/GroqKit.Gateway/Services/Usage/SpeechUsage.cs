using System.Runtime.InteropServices;

namespace GroqKit.Gateway.Services.Usage;

/// <summary>Audio and text to speak of one call.</summary>
/// <param name="AudioIn">Length of the audio sent; null for a call without, or when it isn't known.</param>
/// <param name="AudioBytesIn">Bytes of the audio sent.</param>
/// <param name="Characters">Characters of the text to speak.</param>
/// <param name="AudioOut">Length of the audio made; null for a call without, or when it isn't known.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SpeechUsage(TimeSpan? AudioIn, long AudioBytesIn, long Characters, TimeSpan? AudioOut)
{
    public bool IsEmpty => this == default;
}
