namespace GroqKit.Voice.Hearing;

/// <summary>Makes one channel of several, in place: their mean.</summary>
internal static class Mixdown
{
    /// <returns>How many samples remain at the beginning of the span.</returns>
    public static int ToMono(Span<short> frames, int channels)
    {
        if (channels == 1)
            return frames.Length;
        int count = frames.Length / channels;
        for (int frame = 0; frame < count; frame++)
        {
            int sum = 0;
            for (int channel = 0; channel < channels; channel++)
                sum += frames[frame * channels + channel];
            frames[frame] = (short)(sum / channels);
        }
        return count;
    }
}
