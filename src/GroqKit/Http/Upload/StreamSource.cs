namespace GroqKit.Http;

/// <summary>
/// A stream of the caller, from where it stands. One that can seek is read again for every attempt; any other can be sent once.
/// It stays open.
/// </summary>
internal sealed class StreamSource : UploadSource
{
    private readonly Stream _stream;
    private readonly long _start;
    private ReadOnlyMemory<byte> _peeked;
    private bool _isTaken;

    public StreamSource(Stream stream)
    {
        _stream = stream;
        _start = stream.CanSeek ? stream.Position : 0;
    }

    public override string? Name => _stream is FileStream file ? System.IO.Path.GetFileName(file.Name) : null;

    public override long? Length => _stream.CanSeek ? Math.Max(_stream.Length - _start, 0) : null;

    public override bool CanRepeat => _stream.CanSeek;

    public override bool CanOpen => CanRepeat || !_isTaken;

    public override string? FindProblem()
    {
        if (!_stream.CanRead)
            return "the stream cannot be read; it may have been closed.";
        return CanOpen ? null : "the stream has been read already, and cannot go back.";
    }

    public override ValueTask<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        if (CanRepeat)
        {
            _stream.Position = _start;
            return new ValueTask<Stream>(new ReadThroughStream(_stream, default));
        }
        if (_isTaken)
            return ValueTask.FromException<Stream>(new IOException("The stream has been read already."));
        _isTaken = true;
        return new ValueTask<Stream>(new ReadThroughStream(_stream, _peeked));
    }

    public override async ValueTask<ReadOnlyMemory<byte>> PeekAsync(int count, CancellationToken cancellationToken)
    {
        if (CanRepeat)
            return await base.PeekAsync(count, cancellationToken).ConfigureAwait(false);
        if (_peeked.IsEmpty)
            _peeked = await ReadUpToAsync(_stream, count, cancellationToken).ConfigureAwait(false);
        return _peeked[..Math.Min(count, _peeked.Length)];
    }
}
