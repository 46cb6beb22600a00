using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace GroqKit.Gateway.Api.Voice.Inner;

/// <summary>The answer to a call that the gateway makes of itself: what the route writes is read as the caller's response body.</summary>
internal sealed class InnerResponse
    : IHttpResponseFeature,
        IHttpResponseBodyFeature,
        IHttpRequestLifetimeFeature,
        IDisposable
{
    // Whoever reads goes on at once, in the flow of the route that wrote: no thread waits for another.
    private readonly Pipe _pipe = new(
        new PipeOptions(readerScheduler: PipeScheduler.Inline, useSynchronizationContext: false)
    );
    private readonly CancellationTokenSource _aborted = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Stack<(Func<object, Task> Callback, object State)> _starting = new();
    private Stream? _stream;

    public InnerResponse()
    {
        Writer = new StartingWriter(_pipe.Writer, StartAsync);
        RequestAborted = _aborted.Token;
    }

    public int StatusCode { get; set; } = StatusCodes.Status200OK;

    public string? ReasonPhrase { get; set; }

    public IHeaderDictionary Headers { get; set; } = new HeaderDictionary();

    /// <summary>Superseded by <see cref="Stream"/>; kept for whoever still asks for it.</summary>
    public Stream Body { get; set; } = Stream.Null;

    public bool HasStarted { get; private set; }

    public Stream Stream => _stream ??= Writer.AsStream(leaveOpen: true);

    public PipeWriter Writer { get; }

    public CancellationToken RequestAborted { get; set; }

    /// <summary>Completes when status and headers are final.</summary>
    public Task Started => _started.Task;

    public PipeReader Reader => _pipe.Reader;

    public void Abort() => _aborted.Cancel();

    public void OnStarting(Func<object, Task> callback, object state) => _starting.Push((callback, state));

    // Nothing waits for the end of an inner call that isn't told by the body's end.
    public void OnCompleted(Func<object, Task> callback, object state) { }

    public void DisableBuffering() { }

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (HasStarted)
            return;
        while (_starting.TryPop(out (Func<object, Task> Callback, object State) next))
            await next.Callback(next.State);
        HasStarted = true;
        _started.TrySetResult();
    }

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("Inner calls send no files.");

    public Task CompleteAsync() => EndAsync(null);

    /// <summary>Ends the body; with a failure, the reader sees that it is cut.</summary>
    public async Task EndAsync(Exception? failure)
    {
        if (failure is null)
            await StartAsync();
        else if (!HasStarted)
            _started.TrySetException(new IOException("The inner call broke off.", failure));
        await _pipe.Writer.CompleteAsync(
            failure is null ? null : new IOException("The inner answer broke off.", failure)
        );
    }

    public void Dispose() => _aborted.Dispose();
}
