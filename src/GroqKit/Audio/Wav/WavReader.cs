using System.Buffers;
using System.Runtime.CompilerServices;

namespace GroqKit.Audio;

/// <summary>
/// Reads the sound of a WAV file from any stream, forward only, without holding more than a small buffer. Header sizes are not
/// trusted: a placeholder means "until the end", and a file that ends early simply has less sound.
/// </summary>
/// <remarks>
/// Reads PCM of 8, 16, 24 and 32 bits, floating point of 32 and 64 bits, A-law and µ-law, also in WAVE_FORMAT_EXTENSIBLE and
/// RF64 files. Not safe for use by several threads at once.
/// </remarks>
public sealed class WavReader : IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly bool _leaveOpen;
    private readonly byte[] _pending;
    private int _pendingStart;
    private int _pendingEnd;
    private long _remaining;

    private WavReader(Stream stream, bool leaveOpen, WavHeader header, long offset, byte[] pending, int start, int end)
    {
        _stream = stream;
        _leaveOpen = leaveOpen;
        _pending = pending;
        _pendingStart = start;
        _pendingEnd = end;
        Header = header;
        DataOffset = offset;
        DataLength = ActualLength();
        _remaining = DataLength ?? long.MaxValue;
    }

    /// <summary>The header as it was read.</summary>
    public WavHeader Header { get; }

    /// <summary>The shape of the samples.</summary>
    public WavFormat Format => Header.Format;

    /// <summary>
    /// Bytes of sound, corrected by the length of the stream where that is known; null when neither header nor stream tell.
    /// </summary>
    public long? DataLength { get; }

    /// <summary>How long the recording plays; null when <see cref="DataLength"/> is.</summary>
    public TimeSpan? Duration => DataLength is { } length ? Format.DurationOf(length) : null;

    /// <summary>Where the sound begins, from where the stream stood.</summary>
    internal long DataOffset { get; }

    /// <summary>Reads the header and stands at the first sample.</summary>
    /// <param name="stream">The file, from its beginning.</param>
    /// <param name="leaveOpen">Whether the stream stays open when this reader is disposed.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InvalidDataException">The stream holds no WAV file, or one in an encoding that can't be read.</exception>
    public static async Task<WavReader> OpenAsync(
        Stream stream,
        bool leaveOpen = false,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(stream);
        var parser = new WavHeaderParser();
        byte[] buffer = new byte[4096];
        while (true)
        {
            int read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (read == 0)
                throw new InvalidDataException("The WAV file ends before its sound begins.");
            int used = parser.Consume(buffer.AsSpan(0, read));
            if (parser.Header is { } header)
                return new WavReader(stream, leaveOpen, header, parser.DataOffset, buffer, used, read);
        }
    }

    /// <summary>Reads sound as it is stored. Returns 0 only at the end.</summary>
    /// <param name="buffer">Takes the bytes.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length > _remaining)
            buffer = buffer[..(int)_remaining];
        int read;
        if (_pendingStart < _pendingEnd)
        {
            read = Math.Min(buffer.Length, _pendingEnd - _pendingStart);
            _pending.AsMemory(_pendingStart, read).CopyTo(buffer);
            _pendingStart += read;
        }
        else
        {
            read = await _stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        _remaining -= read;
        return read;
    }

    /// <summary>
    /// Reads decoded 16-bit samples, channels interleaved, always whole frames; fills the buffer except at the end, where the
    /// rest and then 0 come. A frame that the file cuts off is dropped.
    /// </summary>
    /// <param name="buffer">Takes the samples; must hold at least one frame.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReadSamplesAsync(Memory<short> buffer, CancellationToken cancellationToken = default)
    {
        int frames = buffer.Length / Format.Channels;
        ArgumentOutOfRangeException.ThrowIfZero(frames, nameof(buffer));
        byte[] bytes = ArrayPool<byte>.Shared.Rent(frames * Format.BytesPerFrame);
        try
        {
            Memory<byte> wanted = bytes.AsMemory(0, frames * Format.BytesPerFrame);
            int filled = 0;
            while (filled < wanted.Length)
            {
                int read = await ReadAsync(wanted[filled..], cancellationToken).ConfigureAwait(false);
                if (read == 0)
                    break;
                filled += read;
            }
            filled -= filled % Format.BytesPerFrame;
            return SampleDecoder.Decode(Format, wanted.Span[..filled], buffer.Span);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _leaveOpen ? ValueTask.CompletedTask : _stream.DisposeAsync();

    private long? ActualLength()
    {
        if (!_stream.CanSeek)
            return Header.DataLength;
        long available = _stream.Length - _stream.Position + (_pendingEnd - _pendingStart);
        return Math.Min(Header.DataLength ?? long.MaxValue, Math.Max(available, 0));
    }
}
