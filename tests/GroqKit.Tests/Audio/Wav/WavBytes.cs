using System.Buffers.Binary;
using System.Text;

namespace GroqKit.Tests.Audio;

/// <summary>Builds WAV files byte by byte, apart from the code under test, with whatever sizes a test wants to claim.</summary>
internal static class WavBytes
{
    public static byte[] Chunk(string id, byte[] body, uint? claimedSize = null, bool pad = true)
    {
        byte[] size = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(size, claimedSize ?? (uint)body.Length);
        byte[] padding = pad && body.Length % 2 == 1 ? [0] : [];
        return [.. Encoding.ASCII.GetBytes(id), .. size, .. body, .. padding];
    }

    public static byte[] Format(int code, int channels, int rate, int bits, byte[]? extension = null)
    {
        byte[] body = new byte[16];
        BinaryPrimitives.WriteUInt16LittleEndian(body, (ushort)code);
        BinaryPrimitives.WriteUInt16LittleEndian(body.AsSpan(2), (ushort)channels);
        BinaryPrimitives.WriteUInt32LittleEndian(body.AsSpan(4), (uint)rate);
        BinaryPrimitives.WriteUInt32LittleEndian(body.AsSpan(8), (uint)(rate * channels * bits / 8));
        BinaryPrimitives.WriteUInt16LittleEndian(body.AsSpan(12), (ushort)(channels * bits / 8));
        BinaryPrimitives.WriteUInt16LittleEndian(body.AsSpan(14), (ushort)bits);
        return Chunk("fmt ", [.. body, .. extension ?? []]);
    }

    public static byte[] Riff(uint? claimedSize, params byte[][] chunks) => File("RIFF", claimedSize, chunks);

    public static byte[] File(string magic, uint? claimedSize, params byte[][] chunks)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes("WAVE"), .. chunks.SelectMany(chunk => chunk)];
        byte[] size = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(size, claimedSize ?? (uint)body.Length);
        return [.. Encoding.ASCII.GetBytes(magic), .. size, .. body];
    }

    public static byte[] Pcm16(int rate, params short[] samples) =>
        Riff(null, Format(1, 1, rate, 16), Chunk("data", Bytes(samples)));

    public static byte[] Bytes(params short[] samples)
    {
        byte[] bytes = new byte[samples.Length * 2];
        for (int i = 0; i < samples.Length; i++)
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(i * 2), samples[i]);
        return bytes;
    }
}
