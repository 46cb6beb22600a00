namespace GroqKit.Tests.Chat;

/// <summary>Gives given bytes in given portions, then ends: cleanly, with an error, or never.</summary>
internal sealed class ScriptedStream(
    byte[] bytes,
    Func<int>? portion = null,
    Exception? error = null,
    bool hangs = false
) : Stream
{
    private int _position;

    public bool IsDisposed { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count = Math.Min(Math.Min(portion?.Invoke() ?? int.MaxValue, buffer.Length), bytes.Length - _position);
        if (count > 0)
        {
            bytes.AsMemory(_position, count).CopyTo(buffer);
            _position += count;
            return count;
        }
        if (error is not null)
            throw error;
        if (hangs)
            await Forever.WaitAsync(cancellationToken);
        return 0;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }
}
