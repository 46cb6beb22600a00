using GroqKit.Audio;

namespace GroqKit.Extensions.AI.TextToSpeech;

/// <summary>The bare samples of a WAV file that comes in pieces: without its header, and never half a sample.</summary>
internal sealed class PcmPieces
{
    private readonly int _frame;
    private int _header;
    private byte[] _rest = [];

    /// <exception cref="NotSupportedException">The samples are not 16-bit.</exception>
    public PcmPieces(WavFormat shape)
    {
        SpokenForm.CheckPcm(shape);
        _frame = shape.BytesPerFrame;
        _header = new WavHeader(shape, null).ToArray().Length;
    }

    public ReadOnlyMemory<byte> Take(ReadOnlyMemory<byte> bytes)
    {
        int skipped = Math.Min(_header, bytes.Length);
        _header -= skipped;
        bytes = bytes[skipped..];
        if (_rest.Length > 0)
            bytes = (byte[])[.. _rest, .. bytes.Span];
        int half = bytes.Length % _frame;
        _rest = bytes[^half..].ToArray();
        return bytes[..^half];
    }
}
