using System.Runtime.CompilerServices;
using GroqKit.Http;

namespace GroqKit.Audio;

/// <summary>Splits a WAV recording of any length at pauses.</summary>
/// <remarks>
/// A file or bytes are only looked through, and their parts are read from where they are. A stream is read once, and held as far as the parts that
/// are not given out yet: at most the longest and the shortest part together.
/// </remarks>
public static class AudioSplitter
{
    private const int FramesAtOnce = 16 * 1024;

    /// <summary>Gives the parts one after another, as they are found. Their sound is that of the whole, nothing is lost or doubled.</summary>
    /// <param name="audio">A WAV recording, attached.</param>
    /// <param name="options">How to split.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="GroqValidationException">The recording can't be read, or is not one that can be split.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static IAsyncEnumerable<AudioPart> SplitAsync(
        AudioInput audio,
        SplitOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(audio);
        options ??= new SplitOptions();
        options.Validate();
        if (audio.Source is not { } source)
            throw SpeechToTextRules.Invalid("url", "cannot be split: Groq fetches it itself, whatever its length.");
        if (source.FindProblem() is { } problem)
            throw SpeechToTextRules.Invalid("file", problem);
        return ReadAsync(source, options, cancellationToken);
    }

    private static async IAsyncEnumerable<AudioPart> ReadAsync(
        UploadSource source,
        SplitOptions options,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        Stream stream = await source.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            WavReader reader = await OpenAsync(stream, cancellationToken).ConfigureAwait(false);
            var cutter = new PartCutter(reader, source, options);
            byte[] buffer = new byte[FramesAtOnce * reader.Format.BytesPerFrame];
            int read;
            do
            {
                read = await FillAsync(reader, buffer, cancellationToken).ConfigureAwait(false);
                cutter.Add(buffer.AsSpan(0, read));
                if (read < buffer.Length)
                    cutter.Complete();
                while (cutter.TryTake(out AudioPart? part))
                    yield return part;
            } while (read == buffer.Length);
        }
    }

    private static async Task<WavReader> OpenAsync(Stream stream, CancellationToken cancellationToken)
    {
        try
        {
            return await WavReader.OpenAsync(stream, leaveOpen: true, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException error)
        {
            throw SpeechToTextRules.Invalid("file", error.Message, error);
        }
    }

    private static async ValueTask<int> FillAsync(WavReader reader, byte[] buffer, CancellationToken cancellationToken)
    {
        int filled = 0;
        try
        {
            while (filled < buffer.Length)
            {
                int read = await reader.ReadAsync(buffer.AsMemory(filled), cancellationToken).ConfigureAwait(false);
                if (read == 0)
                    break;
                filled += read;
            }
        }
        catch (IOException error)
        {
            throw SpeechToTextRules.Invalid("file", $"cannot be read: {error.Message}", error);
        }
        return filled - filled % reader.Format.BytesPerFrame;
    }
}
