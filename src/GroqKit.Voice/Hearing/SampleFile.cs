using System.Buffers.Binary;
using System.Runtime.InteropServices;
using GroqKit.Audio;

namespace GroqKit.Voice.Hearing;

/// <summary>Makes a WAV file of mono samples.</summary>
internal static class SampleFile
{
    public static byte[] Of(ReadOnlySpan<short> samples, int rate)
    {
        byte[] header = new WavHeader(WavFormat.Pcm16(rate), samples.Length * 2L).ToArray();
        byte[] file = new byte[header.Length + samples.Length * 2];
        header.CopyTo(file, 0);
        Span<byte> sound = file.AsSpan(header.Length);
        if (BitConverter.IsLittleEndian)
        {
            MemoryMarshal.AsBytes(samples).CopyTo(sound);
            return file;
        }
        for (int i = 0; i < samples.Length; i++)
            BinaryPrimitives.WriteInt16LittleEndian(sound[(i * 2)..], samples[i]);
        return file;
    }
}
