using System.Buffers.Binary;
using System.Text;

namespace GroqKit.Simulator.Audio.Formats;

/// <summary>Opus in Ogg: packets of silence of 20 ms, with the words in the packets' padding.</summary>
internal static class OpusFile
{
    private const double SecondsPerPacket = 0.02;
    private const int SamplesPerPacket = 960;
    private const uint Serial = 0x51_4D_55_4C;
    private const uint CrcPolynomial = 0x04C1_1DB7;
    private const int HeaderBytes = 27;
    private const int ChecksumAt = 22;

    // One frame of 20 ms at full band, one channel, in the form that may be padded.
    private const byte PaddedSilence = 0xFB;
    private const byte OneFrameAndPadding = 0x41;
    private const int LongestLace = 255;

    public static byte[] Of(WavFile wav)
    {
        var bytes = new MemoryStream();
        uint page = 0;
        bytes.Write(Page(Head(wav.Rate), 0, page++, kind: 2));
        bytes.Write(Page(Tags(), 0, page++, kind: 0));
        byte[][] packets = [.. SpokenFrames.Of(wav, SecondsPerPacket).Select(Packet)];
        for (int i = 0; i < packets.Length; i++)
            bytes.Write(
                Page(packets[i], (i + 1) * SamplesPerPacket, page++, kind: (byte)(i == packets.Length - 1 ? 4 : 0))
            );
        return bytes.ToArray();
    }

    private static byte[] Packet(byte[] hidden)
    {
        byte[] length =
            hidden.Length < LongestLace ? [(byte)hidden.Length] : [LongestLace, (byte)(hidden.Length - 254)];
        return [PaddedSilence, OneFrameAndPadding, .. length, 0xFF, 0xFE, .. hidden];
    }

    private static byte[] Head(int rate)
    {
        byte[] head = new byte[19];
        "OpusHead"u8.CopyTo(head);
        head[8] = 1;
        head[9] = 1;
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(12), rate);
        return head;
    }

    private static byte[] Tags()
    {
        byte[] vendor = Encoding.ASCII.GetBytes("simulator");
        byte[] tags = new byte[8 + 4 + vendor.Length + 4];
        "OpusTags"u8.CopyTo(tags);
        BinaryPrimitives.WriteInt32LittleEndian(tags.AsSpan(8), vendor.Length);
        vendor.CopyTo(tags, 12);
        return tags;
    }

    private static byte[] Page(byte[] packet, long granule, uint number, byte kind)
    {
        byte[] laces =
        [
            .. Enumerable.Repeat((byte)LongestLace, packet.Length / LongestLace),
            (byte)(packet.Length % LongestLace),
        ];
        byte[] page = new byte[HeaderBytes + laces.Length + packet.Length];
        "OggS"u8.CopyTo(page);
        page[5] = kind;
        BinaryPrimitives.WriteInt64LittleEndian(page.AsSpan(6), granule);
        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(14), Serial);
        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(18), number);
        page[26] = (byte)laces.Length;
        laces.CopyTo(page, HeaderBytes);
        packet.CopyTo(page, HeaderBytes + laces.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(ChecksumAt), Checksum(page));
        return page;
    }

    private static uint Checksum(byte[] page)
    {
        uint crc = 0;
        foreach (byte value in page)
        {
            crc ^= (uint)value << 24;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 0x8000_0000) != 0 ? (crc << 1) ^ CrcPolynomial : crc << 1;
        }

        return crc;
    }
}
