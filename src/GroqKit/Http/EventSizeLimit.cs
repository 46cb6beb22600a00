namespace GroqKit.Http;

/// <summary>
/// Counts the bytes of a stream since the last event, so that one endless line, or a flood of comments, cannot fill the memory.
/// </summary>
internal sealed class EventSizeLimit(Stream inner, int limit) : Stream
{
    private int _count;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>An event came to its end.</summary>
    public void Reset() => _count = 0;

    /// <exception cref="InvalidDataException">An event is larger than the limit.</exception>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _count <= limit
            ? CountAsync(inner.ReadAsync(buffer, cancellationToken))
            : ValueTask.FromException<int>(new InvalidDataException($"An event is larger than {limit} bytes."));

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private ValueTask<int> CountAsync(ValueTask<int> read)
    {
        if (!read.IsCompletedSuccessfully)
            return AwaitAsync(read);
        int count = read.Result;
        _count += count;
        return new ValueTask<int>(count);
    }

    private async ValueTask<int> AwaitAsync(ValueTask<int> read)
    {
        int count = await read.ConfigureAwait(false);
        _count += count;
        return count;
    }
}
