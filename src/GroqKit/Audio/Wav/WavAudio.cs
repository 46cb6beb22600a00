using System.Buffers.Binary;

namespace GroqKit.Audio;

/// <summary>A recording in memory: the samples of a WAV file and their shape.</summary>
/// <param name="Format">The shape of the samples.</param>
/// <param name="Data">The samples as they are stored, without any header.</param>
public sealed record WavAudio(WavFormat Format, ReadOnlyMemory<byte> Data)
{
    /// <summary>How long the recording plays.</summary>
    public TimeSpan Duration => Format.DurationOf(Data.Length);

    /// <summary>Reads a whole WAV file without copying its sound. Sizes in the header that can't be true are corrected.</summary>
    /// <param name="file">The file; a body that was streamed, with placeholder sizes, is fine.</param>
    /// <exception cref="InvalidDataException">The bytes are no WAV file, or one in an encoding that can't be read.</exception>
    public static WavAudio Parse(ReadOnlyMemory<byte> file)
    {
        var parser = new WavHeaderParser();
        int used = parser.Consume(file.Span);
        if (parser.Header is not { } header)
            throw new InvalidDataException("The WAV file ends before its sound begins.");
        ReadOnlyMemory<byte> data = file[used..];
        if (header.DataLength < data.Length)
            data = data[..(int)header.DataLength];
        return new WavAudio(header.Format, data[..^(data.Length % header.Format.BytesPerFrame)]);
    }

    /// <summary>Wraps 16-bit samples.</summary>
    /// <param name="samples">The samples, channels interleaved.</param>
    /// <param name="sampleRate">Frames a second, in hertz.</param>
    /// <param name="channels">1 for mono, 2 for stereo.</param>
    public static WavAudio FromSamples(ReadOnlySpan<short> samples, int sampleRate, int channels = 1)
    {
        byte[] data = new byte[samples.Length * 2];
        for (int i = 0; i < samples.Length; i++)
            BinaryPrimitives.WriteInt16LittleEndian(data.AsSpan(i * 2), samples[i]);
        return new WavAudio(WavFormat.Pcm16(sampleRate, channels), data);
    }

    /// <summary>
    /// Puts recordings one after another. All must have the same rate and channels; where only the encoding differs and every one
    /// of them is exact in 16 bits (8-bit, A-law, µ-law, 16-bit), the result is 16-bit.
    /// </summary>
    /// <param name="parts">At least one recording.</param>
    /// <exception cref="ArgumentException">There are none, or their formats can't be joined without loss; the message names the first that differs.</exception>
    public static WavAudio Join(IEnumerable<WavAudio> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        WavAudio[] all = [.. parts];
        if (all.Length == 0)
            throw new ArgumentException("There is no recording to join.", nameof(parts));
        WavFormat first = all[0].Format;
        bool same = Array.TrueForAll(all, part => part.Format == first);
        if (!same)
        {
            int odd = Array.FindIndex(all, part => !CanFollow(first, part.Format));
            if (odd >= 0)
                throw new ArgumentException(
                    $"Part {odd} is {all[odd].Format}, part 0 is {first}: they cannot be joined without loss.",
                    nameof(parts)
                );
            all = Array.ConvertAll(all, part => part.ToPcm16());
        }

        byte[] data = new byte[all.Sum(part => part.Data.Length)];
        int position = 0;
        foreach (WavAudio part in all)
        {
            part.Data.CopyTo(data.AsMemory(position));
            position += part.Data.Length;
        }
        return new WavAudio(all[0].Format, data);
    }

    /// <summary>The samples as 16-bit numbers, channels interleaved. Exact for 8 and 16 bits, A-law and µ-law.</summary>
    public short[] ToSamples()
    {
        short[] samples = new short[Data.Length / (Format.BitsPerSample / 8)];
        SampleDecoder.Decode(Format, Data.Span, samples);
        return samples;
    }

    /// <summary>The same recording in 16 bits. Exact for 8 and 16 bits, A-law and µ-law.</summary>
    public WavAudio ToPcm16() =>
        Format == WavFormat.Pcm16(Format.SampleRate, Format.Channels)
            ? this
            : FromSamples(ToSamples(), Format.SampleRate, Format.Channels);

    /// <summary>The whole file: header with true sizes, then the sound.</summary>
    public byte[] ToArray()
    {
        byte[] header = new WavHeader(Format, Data.Length).ToArray();
        byte[] file = new byte[header.Length + Data.Length + (Data.Length & 1)];
        header.CopyTo(file, 0);
        Data.Span.CopyTo(file.AsSpan(header.Length));
        return file;
    }

    private static bool CanFollow(WavFormat first, WavFormat next) =>
        next == first
        || (
            first.IsExactInPcm16
            && next.IsExactInPcm16
            && first.SampleRate == next.SampleRate
            && first.Channels == next.Channels
        );
}
