using System.Net.Http.Headers;
using GroqKit.Audio;
using GroqKit.Providers.Http;

namespace GroqKit.Providers.Speech;

/// <summary>
/// A recording to be sent: named by what its first bytes say it is, since names lie and some providers believe them. It can be sent again; a
/// stream that cannot be wound back is kept in memory for that.
/// </summary>
internal sealed class SoundUpload
{
    // Two frames of MPEG audio, which are not told from samples by less.
    private const int HeadLength = 2_885;

    // What is not known to be small is not taken into memory without end.
    private const long MostInMemory = 100L * 1024 * 1024;

    private readonly Stream _content;
    private readonly long _start;

    private SoundUpload(Stream content, AudioFormat? format)
    {
        _content = content;
        _start = content.Position;
        Format = format;
    }

    /// <summary>What the content shows; null when it is nothing that is known.</summary>
    public AudioFormat? Format { get; }

    public long Length => _content.Length - _start;

    /// <param name="stream">The recording, from where it stands. It stays open.</param>
    /// <param name="sampleRate">The rate of bare samples (16-bit, mono); files say their own.</param>
    /// <param name="mostBytes">What the provider takes.</param>
    /// <param name="call">For errors.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ProviderException">The recording is empty or too large.</exception>
    public static async Task<SoundUpload> ReadAsync(
        Stream stream,
        int? sampleRate,
        long mostBytes,
        ProviderCall call,
        CancellationToken cancellationToken
    )
    {
        Stream content = stream.CanSeek
            ? stream
            : await BufferAsync(stream, Math.Min(mostBytes, MostInMemory), call, cancellationToken)
                .ConfigureAwait(false);
        long start = content.Position;
        byte[] head = new byte[HeadLength];
        int read = await content.ReadAtLeastAsync(head, head.Length, false, cancellationToken).ConfigureAwait(false);
        content.Position = start;
        if (read == 0)
            throw Mistake(call, "is empty.");
        AudioFormat? format = AudioFormat.FromContent(head.AsSpan(0, read), mayBeSamples: sampleRate is not null);
        if (format is null && sampleRate is { } rate)
        {
            Stream bare = await BufferAsync(content, Math.Min(mostBytes, MostInMemory), call, cancellationToken)
                .ConfigureAwait(false);
            byte[] samples = ((MemoryStream)bare).ToArray();
            content = new MemoryStream(
                new WavAudio(WavFormat.Pcm16(rate), samples.AsMemory(0, samples.Length & ~1)).ToArray()
            );
            format = AudioFormat.Wav;
        }
        var upload = new SoundUpload(content, format);
        return upload.Length <= mostBytes
            ? upload
            : throw Mistake(call, $"has {upload.Length} bytes; {call.Provider} takes at most {mostBytes}.");
    }

    /// <summary>The part of a form that carries the recording, from its beginning.</summary>
    public StreamContent ToContent()
    {
        _content.Position = _start;
        var content = new StreamContent(new BorrowedStream(_content));
        content.Headers.ContentType = new MediaTypeHeaderValue(Format?.MediaType ?? "application/octet-stream");
        content.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data")
        {
            Name = "\"file\"",
            FileName = $"\"audio.{Format?.Extension ?? "wav"}\"",
        };
        return content;
    }

    private static async Task<Stream> BufferAsync(
        Stream stream,
        long most,
        ProviderCall call,
        CancellationToken cancellationToken
    )
    {
        var all = new MemoryStream();
        byte[] buffer = new byte[81_920];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            all.Write(buffer, 0, read);
            if (all.Length > most)
                throw Mistake(call, $"has more than {most} bytes.");
        }
        all.Position = 0;
        return all;
    }

    private static ProviderException Mistake(ProviderCall call, string problem) =>
        new(ProviderFailure.CallerMistake, $"file: {problem}", call.Details with { Parameter = "file" });
}
