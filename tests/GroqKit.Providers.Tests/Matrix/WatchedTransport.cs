namespace GroqKit.Providers.Tests.Matrix;

/// <summary>The real transport, which tells how far a call has come.</summary>
internal sealed class WatchedTransport() : DelegatingHandler(new SocketsHttpHandler())
{
    private readonly TaskCompletionSource _headers = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _pieces = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _requests;

    public int Requests => Volatile.Read(ref _requests);

    public Task Headers => _headers.Task;

    /// <summary>Completes when several pieces of an answer were read.</summary>
    public Task Pieces => _pieces.Task;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        Interlocked.Increment(ref _requests);
        HttpResponseMessage answer = await base.SendAsync(request, cancellationToken);
        Stream body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var content = new StreamContent(new CountedStream(body, _pieces));
        foreach (var (name, values) in answer.Content.Headers)
            content.Headers.TryAddWithoutValidation(name, values);
        answer.Content = content;
        _headers.TrySetResult();
        return answer;
    }

    private sealed class CountedStream(Stream body, TaskCompletionSource reached) : Stream
    {
        private const int Enough = 4;

        private int _reads;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            int read = await body.ReadAsync(buffer, cancellationToken);
            if (++_reads == Enough)
                reached.TrySetResult();
            return read;
        }

        public override Task<int> ReadAsync(
            byte[] buffer,
            int offset,
            int count,
            CancellationToken cancellationToken
        ) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                body.Dispose();
            base.Dispose(disposing);
        }
    }
}
