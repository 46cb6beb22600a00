namespace GroqKit.Audio;

/// <summary>
/// Writes a WAV file while its sound is still being made: the header goes out first with placeholder sizes, and is corrected at the
/// end where the stream can seek. Where it can't, the placeholders stay, which players read as "until the end".
/// </summary>
/// <remarks>Not safe for use by several threads at once.</remarks>
public sealed class WavWriter : IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly bool _leaveOpen;
    private readonly long _start;
    private bool _completed;

    private WavWriter(Stream stream, WavFormat format, bool leaveOpen)
    {
        _stream = stream;
        Format = format;
        _leaveOpen = leaveOpen;
        _start = stream.CanSeek ? stream.Position : 0;
    }

    /// <summary>The shape of the samples.</summary>
    public WavFormat Format { get; }

    /// <summary>Bytes of sound written so far.</summary>
    public long DataLength { get; private set; }

    /// <summary>How long the sound written so far plays.</summary>
    public TimeSpan Duration => Format.DurationOf(DataLength);

    /// <summary>Writes the header.</summary>
    /// <param name="stream">Takes the file, from its current position.</param>
    /// <param name="format">The shape of the samples to come.</param>
    /// <param name="leaveOpen">Whether the stream stays open when this writer is disposed.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <exception cref="ArgumentException">The format is not one that a WAV file can hold.</exception>
    public static async Task<WavWriter> CreateAsync(
        Stream stream,
        WavFormat format,
        bool leaveOpen = false,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (format.Problem() is { } problem)
            throw new ArgumentException($"A WAV file cannot have {problem}.", nameof(format));
        var writer = new WavWriter(stream, format, leaveOpen);
        await stream.WriteAsync(new WavHeader(format, null).ToArray(), cancellationToken).ConfigureAwait(false);
        return writer;
    }

    /// <summary>Writes sound, stored as <see cref="Format"/> says.</summary>
    /// <param name="data">Any number of bytes.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_completed, this);
        await _stream.WriteAsync(data, cancellationToken).ConfigureAwait(false);
        DataLength += data.Length;
    }

    /// <summary>Puts the true sizes into the header, where the stream can seek. Further calls do nothing.</summary>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async ValueTask CompleteAsync(CancellationToken cancellationToken = default)
    {
        if (_completed)
            return;
        _completed = true;
        if ((DataLength & 1) == 1)
            await _stream.WriteAsync(new byte[1], cancellationToken).ConfigureAwait(false);
        if (_stream.CanSeek)
        {
            long end = _stream.Position;
            _stream.Position = _start;
            byte[] header = new WavHeader(Format, DataLength).ToArray();
            await _stream.WriteAsync(header, cancellationToken).ConfigureAwait(false);
            _stream.Position = end;
        }
        await _stream.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Completes the file and, unless told otherwise, closes the stream.</summary>
    public async ValueTask DisposeAsync()
    {
        await CompleteAsync().ConfigureAwait(false);
        if (!_leaveOpen)
            await _stream.DisposeAsync().ConfigureAwait(false);
    }
}
