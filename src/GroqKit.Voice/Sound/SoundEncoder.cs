using System.Buffers.Binary;
using System.Runtime.InteropServices;
using GroqKit.Audio;

namespace GroqKit.Voice.Sound;

/// <summary>Writes samples in the form of an answer; the WAV header goes before the first of them.</summary>
internal sealed class SoundEncoder(SoundFormat format)
{
    private bool _begun;

    public byte[] Encode(ReadOnlySpan<short> samples)
    {
        byte[] header = !_begun && format.Coding == SoundCoding.Wav ? Header() : [];
        _begun = true;
        byte[] bytes = new byte[header.Length + samples.Length * format.BytesPerSample];
        header.CopyTo(bytes, 0);
        Span<byte> sound = bytes.AsSpan(header.Length);
        if (format.Coding == SoundCoding.MuLaw)
        {
            MuLaw.Encode(samples, sound);
            return bytes;
        }
        if (BitConverter.IsLittleEndian)
        {
            MemoryMarshal.AsBytes(samples).CopyTo(sound);
            return bytes;
        }
        for (int i = 0; i < samples.Length; i++)
            BinaryPrimitives.WriteInt16LittleEndian(sound[(i * 2)..], samples[i]);
        return bytes;
    }

    private byte[] Header() => new WavHeader(WavFormat.Pcm16(format.SampleRate), null).ToArray();
}
