namespace GroqKit.Simulator.Audio.Formats;

/// <summary>A recording cut into frames of equal length, and the word that begins in each.</summary>
internal static class SpokenFrames
{
    /// <summary>For every frame what is to be hidden in it; nothing where no word begins.</summary>
    public static IEnumerable<byte[]> Of(WavFile wav, double secondsPerFrame)
    {
        IReadOnlyList<SpokenWord> words = Hearing.Of(wav).Words;
        int frames = Math.Max(1, (int)Math.Ceiling(wav.Seconds / secondsPerFrame));
        int next = 0;
        for (int frame = 0; frame < frames; frame++)
        {
            bool begins =
                next < words.Count && (words[next].Start < (frame + 1) * secondsPerFrame || frame == frames - 1);
            yield return begins ? HiddenWords.Bytes(words[next++]) : [];
        }
    }
}
