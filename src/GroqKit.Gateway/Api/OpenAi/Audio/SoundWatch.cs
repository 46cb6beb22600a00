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

    private readonly byte[] _head = new byte[MaxHead];
    private int _headLength;
    private SoundRate? _rate = rate;
    private long _bytes;
    private bool _begun;

    public ReadOnlyMemory<byte> Pass(ReadOnlyMemory<byte> piece)
    {
        _bytes += piece.Length;
        int kept = _rate is null || (stripHeader && !_begun) ? Math.Min(piece.Length, MaxHead - _headLength) : 0;
        piece.Span[..kept].CopyTo(_head.AsSpan(_headLength));
        _headLength += kept;
        _rate ??= SoundRate.Read(_head.AsSpan(0, _headLength));
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
        if (_rate is null && _headLength < MaxHead)
            return default;
        _begun = true;
        int header = Math.Min(_rate?.Header ?? 0, _headLength);
        return (byte[])[.. _head.AsSpan(header, _headLength - header), .. piece.Span[kept..]];
    }

    public ReadOnlyMemory<byte> End() => default;

    public void Account(RequestMeter meter) =>
        meter.Speech = meter.Speech with { AudioOut = _rate is { } known && _bytes > 0 ? known.Of(_bytes) : null };
}
