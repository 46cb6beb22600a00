using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using GroqKit.Gateway.Services.Privacy;
using Microsoft.AspNetCore.Http.Features;

namespace GroqKit.Gateway.Api.OpenAi.Guarding;

/// <summary>
/// Changes the texts of an answer on its way out: events as they go by, everything else once it is whole. Put in the place of the
/// response's own body for one call; sound passes as it is.
/// </summary>
internal sealed class AnswerEditor(HttpResponse response, IHttpResponseBodyFeature inner, AnswerTexts texts)
    : PipeWriter,
        IHttpResponseBodyFeature
{
    private readonly ArrayBufferWriter<byte> _in = new();
    private readonly ArrayBufferWriter<byte> _out = new();
    private readonly EventTexts _events = new(texts);

    public Stream Stream => AsStream(leaveOpen: true);

    public PipeWriter Writer => this;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _in.WrittenCount;

    // Sound and files are nobody's words.
    private bool IsText =>
        response.ContentType is { } type
        && (
            type.StartsWith("application/json", StringComparison.Ordinal)
            || type.StartsWith("text/", StringComparison.Ordinal)
        );

    private bool IsStream => response.ContentType?.StartsWith("text/event-stream", StringComparison.Ordinal) is true;

    public override void Advance(int bytes) => _in.Advance(bytes);

    public override Memory<byte> GetMemory(int sizeHint = 0) => _in.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => _in.GetSpan(sizeHint);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (!IsText)
        {
            _out.Write(_in.WrittenSpan);
            _in.ResetWrittenCount();
            return SendAsync(cancellationToken);
        }
        if (!IsStream)
            return default;
        int whole = WholeEventsIn(_in.WrittenSpan);
        if (whole == 0)
            return default;
        // What was promised was the length before.
        if (!response.HasStarted)
            response.ContentLength = null;
        _events.Edit(_in.WrittenSpan[..whole], _out);
        byte[] rest = _in.WrittenSpan[whole..].ToArray();
        _in.ResetWrittenCount();
        _in.Write(rest);
        return SendAsync(cancellationToken);
    }

    public override ValueTask<FlushResult> WriteAsync(
        ReadOnlyMemory<byte> source,
        CancellationToken cancellationToken = default
    )
    {
        _in.Write(source.Span);
        return FlushAsync(cancellationToken);
    }

    /// <summary>The answer is whole: what was collected leaves.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        if (!IsText)
            return;
        if (IsStream)
        {
            _events.Edit(_in.WrittenSpan, _out);
            _events.End(_out);
        }
        else if (IsJson())
        {
            _out.Write(JsonTexts.Rewrite(_in.WrittenSpan, texts) ?? _in.WrittenSpan);
        }
        else
        {
            string text = Encoding.UTF8.GetString(_in.WrittenSpan);
            _out.Write(Encoding.UTF8.GetBytes(texts.Change(text, "", isJson: false) ?? text));
        }
        _in.ResetWrittenCount();
        if (!response.HasStarted && response.ContentLength is not null)
            response.ContentLength = _out.WrittenCount;
        if (_out.WrittenCount > 0)
            await SendAsync(cancellationToken);
    }

    public override void CancelPendingFlush() => inner.Writer.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => inner.Writer.Complete(exception);

    public void DisableBuffering() => inner.DisableBuffering();

    public Task StartAsync(CancellationToken cancellationToken = default) =>
        IsText && !IsStream ? Task.CompletedTask : inner.StartAsync(cancellationToken);

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        SendFileFallback.SendFileAsync(Stream, path, offset, count, cancellationToken);

    public Task CompleteAsync() => inner.CompleteAsync();

    private bool IsJson() =>
        response.ContentType?.StartsWith("application/json", StringComparison.Ordinal) is true && _in.WrittenCount > 0;

    private ValueTask<FlushResult> SendAsync(CancellationToken cancellationToken)
    {
        inner.Writer.Write(_out.WrittenSpan);
        _out.ResetWrittenCount();
        return inner.Writer.FlushAsync(cancellationToken);
    }

    private static int WholeEventsIn(ReadOnlySpan<byte> bytes)
    {
        int plain = bytes.LastIndexOf("\n\n"u8);
        int windows = bytes.LastIndexOf("\r\n\r\n"u8);
        return Math.Max(plain < 0 ? 0 : plain + 2, windows < 0 ? 0 : windows + 4);
    }
}
