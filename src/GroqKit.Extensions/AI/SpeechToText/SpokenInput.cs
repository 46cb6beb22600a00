using GroqKit.Audio;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.AI.SpeechToText;

/// <summary>
/// The recording in a stream. Files say their own rate; where the caller says one and the stream is no file of a kind that Groq takes, it holds bare
/// samples (16-bit, mono, little-endian), which become a WAV file of that rate.
/// </summary>
internal static class SpokenInput
{
    // Two frames of MPEG audio, which are not told from samples by less.
    private const int HeadLength = 2_885;
    private const int Most = (int)SpeechToTextRequest.DefaultMaxUploadBytes;

    /// <exception cref="GroqValidationException">The rate is none, or there are more bare samples than one call takes.</exception>
    public static async ValueTask<AudioInput> ReadAsync(
        Stream stream,
        int? sampleRate,
        CancellationToken cancellationToken
    )
    {
        if (sampleRate is not { } rate)
            return AudioInput.FromStream(stream);
        if (rate is < 1 or > 1_000_000)
            throw Invalid($"{nameof(SpeechToTextOptions.SpeechSampleRate)} must be from 1 to 1000000 hertz.");
        byte[] head = new byte[HeadLength];
        int read = await stream.ReadAtLeastAsync(head, head.Length, false, cancellationToken).ConfigureAwait(false);
        bool isFile = AudioFormat.FromContent(head.AsSpan(0, read), mayBeSamples: true) is not null;
        if (isFile && stream.CanSeek)
        {
            stream.Seek(-read, SeekOrigin.Current);
            return AudioInput.FromStream(stream);
        }
        byte[] all = await ReadAllAsync(stream, head.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
        return isFile
            ? AudioInput.FromBytes(all)
            : AudioInput.FromWav(new WavAudio(WavFormat.Pcm16(rate), all.AsMemory(0, all.Length & ~1)));
    }

    private static async Task<byte[]> ReadAllAsync(
        Stream stream,
        ReadOnlyMemory<byte> head,
        CancellationToken cancellationToken
    )
    {
        using var all = new MemoryStream();
        all.Write(head.Span);
        byte[] buffer = new byte[81_920];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            all.Write(buffer, 0, read);
            if (all.Length > Most)
                throw Invalid($"has more than {Most} bytes, the most that can be attached.");
        }
        return all.ToArray();
    }

    private static GroqValidationException Invalid(string problem) =>
        new($"file: {problem}", new ErrorDetails { Parameter = "file" });
}
