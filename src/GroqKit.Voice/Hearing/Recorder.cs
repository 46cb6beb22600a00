using System.Buffers;
using GroqKit.Audio;

namespace GroqKit.Voice.Hearing;

/// <summary>Takes sound while it comes. WAV files and bare samples are looked into and made small; other files go on as they are.</summary>
internal sealed class Recorder(VoiceOptions options)
{
    private const int HeadLength = 64;
    private const int BufferLength = 32 * 1024;

    /// <exception cref="VoiceException">The sound is empty, too large, cut off, or none.</exception>
    public async Task<Recording> ReadAsync(Stream audio, string? mediaType, CancellationToken cancellationToken)
    {
        byte[] head = new byte[HeadLength];
        int read = await audio.ReadAtLeastAsync(head, HeadLength, false, cancellationToken).ConfigureAwait(false);
        if (read == 0)
            throw Empty("audio: there are no bytes.");
        var stream = new PrefixedStream(head.AsMemory(0, read), audio, options.MaxInputBytes);
        AudioFormat? format = AudioFormat.FromContent(head.AsSpan(0, read));
        if (format == AudioFormat.Wav)
            return await ReadWavAsync(stream, cancellationToken).ConfigureAwait(false);
        // Samples may begin with anything, also with what looks like the first frame of an MP3 file.
        if (BareSound.Find(mediaType) is { } bare)
            return await ReadBareAsync(stream, bare, cancellationToken).ConfigureAwait(false);
        return format is not null
            ? await ReadWholeAsync(stream, cancellationToken).ConfigureAwait(false)
            : throw BareSound.Wrong(
                "audio: this is no sound file that is known. Bare samples need their media type, for example audio/pcm;rate=16000."
            );
    }

    private async Task<Recording> ReadWavAsync(PrefixedStream stream, CancellationToken cancellationToken)
    {
        WavReader reader;
        try
        {
            reader = await WavReader.OpenAsync(stream, leaveOpen: true, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException broken)
        {
            throw BareSound.Wrong($"audio: {broken.Message}", broken);
        }
        await using (reader.ConfigureAwait(false))
        {
            WavFormat format = BareSound.Check(reader.Format);
            using var shortener = new SoundShortener(format.SampleRate, options);
            long bytes = 0;
            short[] memory = ArrayPool<short>.Shared.Rent(BufferLength / 2);
            try
            {
                Memory<short> frames = memory.AsMemory(0, BufferLength / 2 / format.Channels * format.Channels);
                int count;
                while ((count = await reader.ReadSamplesAsync(frames, cancellationToken).ConfigureAwait(false)) > 0)
                {
                    bytes += (long)count / format.Channels * format.BytesPerFrame;
                    shortener.Add(frames.Span[..Mixdown.ToMono(frames.Span[..count], format.Channels)]);
                }
            }
            finally
            {
                ArrayPool<short>.Shared.Return(memory);
            }
            // A frame that is cut in two is no reason to refuse all others.
            if (reader.DataLength is { } announced && announced - bytes >= format.BytesPerFrame)
            {
                throw new VoiceException(
                    VoiceErrorCodes.TruncatedAudio,
                    VoiceStage.Input,
                    $"audio: the WAV header announces {announced} bytes of sound; {bytes} came."
                );
            }
            // What follows the sound, so that the recording is known to have ended well.
            await stream.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
            return Finish(shortener);
        }
    }

    private async Task<Recording> ReadBareAsync(
        PrefixedStream stream,
        WavFormat format,
        CancellationToken cancellationToken
    )
    {
        using var shortener = new SoundShortener(format.SampleRate, options);
        byte[] memory = ArrayPool<byte>.Shared.Rent(BufferLength);
        short[] samples = ArrayPool<short>.Shared.Rent(BufferLength);
        try
        {
            Memory<byte> bytes = memory.AsMemory(0, BufferLength / format.BytesPerFrame * format.BytesPerFrame);
            int held = 0;
            int read;
            while ((read = await stream.ReadAsync(bytes[held..], cancellationToken).ConfigureAwait(false)) > 0)
            {
                held += read;
                int whole = held / format.BytesPerFrame * format.BytesPerFrame;
                int decoded = SampleDecoder.Decode(format, bytes.Span[..whole], samples);
                shortener.Add(samples.AsSpan(0, Mixdown.ToMono(samples.AsSpan(0, decoded), format.Channels)));
                // The beginning of a frame waits for its rest; one that never gets it is no sound.
                bytes.Span[whole..held].CopyTo(bytes.Span);
                held -= whole;
            }
            return Finish(shortener);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(memory);
            ArrayPool<short>.Shared.Return(samples);
        }
    }

    private static async Task<Recording> ReadWholeAsync(PrefixedStream stream, CancellationToken cancellationToken)
    {
        var content = new MemoryStream();
        await stream.CopyToAsync(content, cancellationToken).ConfigureAwait(false);
        return new Recording(content.GetBuffer().AsMemory(0, (int)content.Length), null, null, HasSpeech: true);
    }

    private static Recording Finish(SoundShortener shortener) =>
        shortener.Duration > TimeSpan.Zero ? shortener.Complete() : throw Empty("audio: the file holds no sound.");

    private static VoiceException Empty(string message) => new(VoiceErrorCodes.EmptyAudio, VoiceStage.Input, message);
}
