namespace GroqKit.Audio;

/// <summary>Keeps one header for all: the sound of every further piece follows without its own.</summary>
/// <param name="keepsLength">Whether the only piece's announced length is that of the whole.</param>
internal sealed class WavPieceJoiner(bool keepsLength) : PieceJoiner
{
    private WavHeaderParser _parser = new();
    private WavFormat? _whole;
    private long _rest;
    private bool _converts;
    private long _delivered;

    public override WavFormat? Wav => _whole;

    public override void BeginPiece() => _parser = new WavHeaderParser();

    public override ReadOnlyMemory<byte> Take(ReadOnlyMemory<byte> bytes)
    {
        if (_parser.Header is not null)
            return Sound(bytes);
        int used = _parser.Consume(bytes.Span);
        if (_parser.Header is not { } header)
            return default;
        _rest = header.DataLength ?? long.MaxValue;
        ReadOnlyMemory<byte> sound = bytes[used..];
        if (_whole is { } whole)
        {
            Fit(header.Format, whole);
            // A piece that was cut off within a frame must not shift all that follows.
            int missing = (int)((whole.BytesPerFrame - _delivered % whole.BytesPerFrame) % whole.BytesPerFrame);
            _delivered += missing;
            return missing == 0 ? Sound(sound) : (byte[])[.. new byte[missing], .. Sound(sound).Span];
        }
        _whole = header.Format;
        byte[] own = new WavHeader(header.Format, keepsLength ? header.DataLength : null).ToArray();
        return (byte[])[.. own, .. Sound(sound).Span];
    }

    // Chunks behind the sound have no place within the file.
    private ReadOnlyMemory<byte> Sound(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > _rest)
            bytes = bytes[..(int)_rest];
        _rest -= bytes.Length;
        if (_converts && !bytes.IsEmpty)
            bytes = new WavAudio(_parser.Header!.Format, bytes).ToPcm16().Data;
        _delivered += bytes.Length;
        return bytes;
    }

    // Eight-bit encodings are exact in 16 bits, and a byte is a sample, so that no piece of bytes cuts one.
    private void Fit(WavFormat next, WavFormat whole)
    {
        _converts = next != whole;
        bool fits =
            !_converts
            || (
                whole == WavFormat.Pcm16(next.SampleRate, next.Channels)
                && next.IsExactInPcm16
                && next.BitsPerSample == 8
            );
        if (!fits)
            throw new InvalidDataException($"The piece is {next}, but those before it are {whole}.");
    }
}
