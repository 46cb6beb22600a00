namespace GroqKit.Voice.Sound;

/// <summary>How loud samples are, in decibels below full scale.</summary>
internal static class Loudness
{
    public const double Silence = -100;

    public static double Of(ReadOnlySpan<short> samples)
    {
        if (samples.IsEmpty)
            return Silence;
        double sum = 0;
        foreach (short sample in samples)
            sum += (double)sample * sample;
        double mean = sum / samples.Length / (32768.0 * 32768.0);
        return mean <= 1e-10 ? Silence : 10 * Math.Log10(mean);
    }
}
