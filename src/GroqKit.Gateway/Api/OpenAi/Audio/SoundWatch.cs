using GroqKit.Gateway.Services.Translation.Audio;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Api.OpenAi.Audio;

/// <summary>Sees sound go by: how long it is, and its header where the caller wants none, or one that is missing.</summary>
/// <param name="rate">How long it is by its bytes; null: its beginning tells.</param>
/// <param name="stripHeader">Whether a WAV header is left out, so that bare samples remain.</param>
/// <param name="addHeader">What to put before the first piece; empty for nothing.</param>
internal sealed class SoundWatch(SoundRate? rate, bool stripHeader, ReadOnlyMemory<byte> addHeader) : IBytesWatch
{
    // A WAV header with all that may stand before its samples is not longer.
    private const int MaxHead = 4096;

    private readonly MemoryStream _head = new();
    private SoundRate? _rate = rate;
    private long _bytes;
    private bool _begun;

    public ReadOnlyMemory<byte> Pass(ReadOnlyMemory<byte> piece)
    {
        _bytes += piece.Length;
        if (_rate is null && _head.Length < MaxHead)
        {
            _head.Write(piece.Span[..Math.Min(piece.Length, MaxHead)]);
            _rate = SoundRate.Read(_head.GetBuffer().AsSpan(0, (int)_head.Length));
        }
        if (!stripHeader)
        {
            if (_begun || addHeader.IsEmpty)
                return piece;
            _begun = true;
            return (byte[])[.. addHeader.Span, .. piece.Span];
        }
        if (_begun)
            return piece;
        // Held back until it is known where the samples begin.
        if (_rate is null && _head.Length < MaxHead)
            return default;
        _begun = true;
        int header = _rate?.Header ?? 0;
        return _head.ToArray().AsMemory((int)Math.Min(header, _head.Length)) is var rest && _bytes > _head.Length
            ? (byte[])[.. rest.Span, .. piece.Span[(int)(piece.Length - (_bytes - _head.Length))..]]
            : rest;
    }

    public ReadOnlyMemory<byte> End() => default;

    public void Account(RequestMeter meter) =>
        meter.Speech = meter.Speech with { AudioOut = _rate is { } known && _bytes > 0 ? known.Of(_bytes) : null };
}
