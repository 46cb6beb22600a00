namespace GroqKit.Simulator.Audio.Formats;

/// <summary>
/// MP3 at 44.1 kHz, mono, 128 kbit/s: valid frames that decode to silence, with the words in the bytes between frames' data that decoders
/// skip.
/// </summary>
internal static class Mp3File
{
    private const int FrameBytes = 417;
    private const int HeaderBytes = 4;
    private const int SideBytes = 17;
    private const double SecondsPerFrame = 1152.0 / 44_100;

    public static byte[] Of(WavFile wav)
    {
        var bytes = new MemoryStream();
        foreach (byte[] hidden in SpokenFrames.Of(wav, SecondsPerFrame))
        {
            byte[] frame = new byte[FrameBytes];
            // MPEG 1 layer III without checksum; 128 kbit/s, 44.1 kHz; one channel. Zeros as side information mean no data at all.
            ((ReadOnlySpan<byte>)[0xFF, 0xFB, 0x90, 0xC0]).CopyTo(frame);
            hidden.CopyTo(frame, HeaderBytes + SideBytes);
            bytes.Write(frame);
        }

        return bytes.ToArray();
    }
}
