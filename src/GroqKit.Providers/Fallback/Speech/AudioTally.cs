using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Fallback.Speech;

/// <summary>Listens to spoken output: providers were seen to answer 200 with no sound in it, or with silence.</summary>
internal sealed class AudioTally
{
    // Two seconds of 24 kHz, 16 bit: longer pauses before the first word are the voice's own.
    private const int LongestSilence = 96_000;
    private const int WavHeaderLength = 44;

    // -54 dB of full scale: below speech, above the noise of encoders.
    private const int Loudness = 64;

    private long _bytes;
    private byte _odd;
    private bool _sounds;

    /// <summary>Takes sound; true once there is something to hear.</summary>
    public bool Add(IList<AIContent> contents)
    {
        for (int index = 0; index < contents.Count; index++)
        {
            if (contents[index] is DataContent { Data.Length: > 0 } audio)
                Listen(audio);
        }
        return _sounds || _bytes > LongestSilence;
    }

    public ProviderException? FindFault()
    {
        if (_bytes == 0)
            return new ProviderException(ProviderFailure.Malformed, "The answer holds no sound.");
        return _sounds ? null : new ProviderException(ProviderFailure.Malformed, "The answer is silence.");
    }

    private void Listen(DataContent audio)
    {
        ReadOnlySpan<byte> data = audio.Data.Span;
        long begin = _bytes;
        _bytes += data.Length;
        if (_sounds)
            return;
        // In compressed sound silence does not look like anything.
        if (!IsLinear(audio.MediaType))
        {
            _sounds = true;
            return;
        }
        for (int index = 0; index < data.Length; index++)
        {
            long place = begin + index;
            if (place < WavHeaderLength && audio.MediaType.Contains("wav", StringComparison.OrdinalIgnoreCase))
                continue;
            if (place % 2 == 0)
                _odd = data[index];
            else if (Math.Abs((short)(_odd | (data[index] << 8)) + 0) > Loudness)
            {
                _sounds = true;
                return;
            }
        }
    }

    private static bool IsLinear(string mediaType) =>
        mediaType.Contains("wav", StringComparison.OrdinalIgnoreCase)
        || mediaType.Contains("pcm", StringComparison.OrdinalIgnoreCase)
        || mediaType.Contains("l16", StringComparison.OrdinalIgnoreCase);
}
