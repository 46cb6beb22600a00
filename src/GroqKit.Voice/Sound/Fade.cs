namespace GroqKit.Voice.Sound;

/// <summary>Softens the edges of sound that begins or ends within a wave, which would click.</summary>
internal static class Fade
{
    /// <summary>How long an edge is.</summary>
    public static TimeSpan Length { get; } = TimeSpan.FromMilliseconds(10);

    /// <summary>From nothing to full loudness.</summary>
    public static void In(Span<short> samples)
    {
        for (int i = 0; i < samples.Length; i++)
            samples[i] = (short)(samples[i] * i / samples.Length);
    }

    /// <summary>From full loudness to nothing.</summary>
    public static void Out(Span<short> samples)
    {
        for (int i = 0; i < samples.Length; i++)
            samples[i] = (short)(samples[i] * (samples.Length - 1 - i) / samples.Length);
    }
}
