using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using GroqKit.Audio;

namespace GroqKit.Voice.Sound;

/// <summary>Writes samples in the form of an answer; the WAV header goes before the first of them.</summary>
/// <param name="format">The form.</param>
/// <param name="lends">Whether what is written lies in memory that is to be given back by <see cref="TakeBack"/>.</param>
internal sealed class SoundEncoder(SoundFormat format, bool lends)
{
    private bool _begun;

    public ReadOnlyMemory<byte> Encode(ReadOnlySpan<short> samples)
    {
        byte[] header = !_begun && format.Coding == SoundCoding.Wav ? Header() : [];
        _begun = true;
        int length = header.Length + samples.Length * format.BytesPerSample;
        byte[] bytes = lends ? ArrayPool<byte>.Shared.Rent(length) : new byte[length];
        header.CopyTo(bytes, 0);
        Write(samples, bytes.AsSpan(header.Length, length - header.Length));
        return bytes.AsMemory(0, length);
    }

    /// <summary>Takes back what one that lends has written, once nobody reads it any more. What is not given back is collected.</summary>
    public static void TakeBack(ReadOnlyMemory<byte> written)
    {
        if (MemoryMarshal.TryGetArray(written, out ArraySegment<byte> lent) && lent.Array is { Length: > 0 } bytes)
            ArrayPool<byte>.Shared.Return(bytes);
    }

    private void Write(ReadOnlySpan<short> samples, Span<byte> sound)
    {
        if (format.Coding == SoundCoding.MuLaw)
        {
            MuLaw.Encode(samples, sound);
            return;
        }
        if (BitConverter.IsLittleEndian)
        {
            MemoryMarshal.AsBytes(samples).CopyTo(sound);
            return;
        }
        for (int i = 0; i < samples.Length; i++)
            BinaryPrimitives.WriteInt16LittleEndian(sound[(i * 2)..], samples[i]);
    }

    private byte[] Header() => new WavHeader(WavFormat.Pcm16(format.SampleRate), null).ToArray();
}
