using System.Threading.Channels;

namespace GroqKit.Tests.Audio;

/// <summary>A stream that gives what a test puts in, when the test puts it in; completing the channel ends it, with an error fails it.</summary>
internal sealed class GatedStream : ForwardOnlyStream
{
    private readonly Channel<byte[]> _pieces = Channel.CreateUnbounded<byte[]>();
    private ReadOnlyMemory<byte> _rest;

    public GatedStream()
        : base(Null) { }

    public override bool CanRead => true;

    /// <summary>Completes when the reader has come to wait for the next piece.</summary>
    public SemaphoreSlim Waiting { get; } = new(0);

    /// <summary>Called when the reader lets go of the stream.</summary>
    public Action? Disposed { get; init; }

    public void Give(params byte[] piece) => _pieces.Writer.TryWrite(piece);

    public void End(Exception? error = null) => _pieces.Writer.Complete(error);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_rest.IsEmpty)
        {
            if (_pieces.Reader.TryRead(out byte[]? piece))
            {
                _rest = piece;
                continue;
            }
            Waiting.Release();
            if (!await _pieces.Reader.WaitToReadAsync(cancellationToken))
                return 0;
        }
        int count = Math.Min(buffer.Length, _rest.Length);
        _rest[..count].CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        Disposed?.Invoke();
        base.Dispose(disposing);
    }
}
