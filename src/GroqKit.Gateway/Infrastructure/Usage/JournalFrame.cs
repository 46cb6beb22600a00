using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace GroqKit.Gateway.Infrastructure.Usage;

/// <summary>
/// How a record lies in a segment: length, checksum, payload, zeros up to a multiple of eight. The length is written last and the
/// checksum covers all of it and its place, so a frame is either whole or not there, and one that was never written here can't be
/// taken for one.
/// </summary>
internal static class JournalFrame
{
    public const int HeaderSize = 8;
    public const int MaxPayload = 8 * 1024;
    public const int ChecksumOffset = 4;

    public static int SizeOf(int payload) => (HeaderSize + payload + 7) & ~7;

    public static uint Checksum(ReadOnlySpan<byte> payload, long segment, long offset)
    {
        uint crc = BitOperations.Crc32C(uint.MaxValue, (ulong)segment);
        crc = BitOperations.Crc32C(crc, (ulong)offset);
        crc = BitOperations.Crc32C(crc, (uint)payload.Length);
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(payload);
        foreach (ulong word in words)
            crc = BitOperations.Crc32C(crc, word);
        foreach (byte rest in payload[(words.Length * sizeof(ulong))..])
            crc = BitOperations.Crc32C(crc, rest);
        return ~crc;
    }

    /// <summary>The length that the bytes claim; 0 when none of that size can be.</summary>
    public static int ClaimedPayload(ReadOnlySpan<byte> bytes)
    {
        uint claimed = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        return claimed <= MaxPayload ? (int)claimed : 0;
    }

    /// <summary>Whether a whole frame begins where the bytes do.</summary>
    /// <param name="bytes">At least <see cref="HeaderSize"/> of them.</param>
    /// <param name="segment">The segment's number.</param>
    /// <param name="offset">Where in the segment the bytes begin.</param>
    /// <param name="payload">What is in the frame.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, long segment, long offset, out ReadOnlySpan<byte> payload)
    {
        int length = ClaimedPayload(bytes);
        payload = default;
        if (length == 0 || SizeOf(length) > bytes.Length)
            return false;
        ReadOnlySpan<byte> found = bytes.Slice(HeaderSize, length);
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[ChecksumOffset..]) != Checksum(found, segment, offset))
            return false;
        payload = found;
        return true;
    }
}
