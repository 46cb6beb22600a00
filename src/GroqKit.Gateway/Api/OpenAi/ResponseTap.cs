using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace GroqKit.Gateway.Api.OpenAi;

/// <summary>Keeps a copy of an answer's body as it goes out, up to a size. Put in the place of the response's own body for one call.</summary>
internal sealed class ResponseTap(HttpResponse response, IHttpResponseBodyFeature inner, int maxBytes)
    : PipeWriter,
        IHttpResponseBodyFeature
{
    private static ReadOnlySpan<byte> StreamEnd => "data: [DONE]\n\n"u8;

    private readonly ArrayBufferWriter<byte> _copy = new();
    private Memory<byte> _given;

    /// <summary>
    /// Called once, when all of the answer is in the copy and before its last bytes go out: by its length, or by what ends a stream. Not
    /// called for an answer whose end can't be told, or that is longer than is kept.
    /// </summary>
    public Func<Task>? BeforeEnd { get; set; }

    /// <summary>All that was written; null when it was more than is kept.</summary>
    public byte[]? Copy => IsFull ? null : _copy.WrittenSpan.ToArray();

    public Stream Stream => AsStream(leaveOpen: true);

    public PipeWriter Writer => this;

    public override bool CanGetUnflushedBytes => inner.Writer.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.Writer.UnflushedBytes;

    private bool IsFull { get; set; }

    public override void Advance(int bytes)
    {
        Keep(_given.Span[..bytes]);
        inner.Writer.Advance(bytes);
    }

    public override Memory<byte> GetMemory(int sizeHint = 0) => _given = inner.Writer.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override ValueTask<FlushResult> WriteAsync(
        ReadOnlyMemory<byte> source,
        CancellationToken cancellationToken = default
    )
    {
        Keep(source.Span);
        return TellsEnd() is { } tell
            ? EndAsync(tell, source, cancellationToken)
            : inner.Writer.WriteAsync(source, cancellationToken);
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
        TellsEnd() is { } tell
            ? EndAsync(tell, ReadOnlyMemory<byte>.Empty, cancellationToken)
            : inner.Writer.FlushAsync(cancellationToken);

    public override void CancelPendingFlush() => inner.Writer.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => inner.Writer.Complete(exception);

    public void DisableBuffering() => inner.DisableBuffering();

    public Task StartAsync(CancellationToken cancellationToken = default) => inner.StartAsync(cancellationToken);

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        SendFileFallback.SendFileAsync(Stream, path, offset, count, cancellationToken);

    public Task CompleteAsync() => inner.CompleteAsync();

    private Func<Task>? TellsEnd()
    {
        if (BeforeEnd is not { } tell || IsFull || !IsEnd())
            return null;
        BeforeEnd = null;
        return tell;
    }

    private async ValueTask<FlushResult> EndAsync(
        Func<Task> tell,
        ReadOnlyMemory<byte> last,
        CancellationToken cancellationToken
    )
    {
        await tell();
        return last.IsEmpty
            ? await inner.Writer.FlushAsync(cancellationToken)
            : await inner.Writer.WriteAsync(last, cancellationToken);
    }

    private bool IsEnd() =>
        response.ContentLength is { } length ? _copy.WrittenCount == length : _copy.WrittenSpan.EndsWith(StreamEnd);

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (IsFull || _copy.WrittenCount + bytes.Length > maxBytes)
        {
            IsFull = true;
            _copy.ResetWrittenCount();
            return;
        }
        _copy.Write(bytes);
    }
}
