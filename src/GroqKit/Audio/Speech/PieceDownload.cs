using System.Threading.Channels;
using GroqKit.Http;

namespace GroqKit.Audio;

/// <summary>Fetches the sound of one piece, ahead of who reads it, but not without bounds.</summary>
internal sealed class PieceDownload
{
    private const int ChunkBytes = 16 * 1024;
    private const int ChunksAhead = 256;

    private readonly GroqHttp _http;
    private readonly TimeSpan _idleTimeout;
    private readonly Channel<ReadOnlyMemory<byte>> _chunks = Channel.CreateBounded<ReadOnlyMemory<byte>>(
        new BoundedChannelOptions(ChunksAhead) { SingleReader = true, SingleWriter = true }
    );

    private readonly TaskCompletionSource<ApiCall> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PieceDownload(GroqHttp http, CallOptions? options)
    {
        _http = http;
        _idleTimeout = http.IdleTimeout(options);
    }

    /// <summary>Completes when the headers are there.</summary>
    public Task<ApiCall> Opened => _opened.Task;

    /// <summary>The sound as it comes; ends with the error that ended it.</summary>
    public ChannelReader<ReadOnlyMemory<byte>> Chunks => _chunks.Reader;

    /// <summary>Completes, never with an error, when nothing is under way any more.</summary>
    public Task Finished { get; private set; } = Task.CompletedTask;

    public static PieceDownload Start(
        GroqHttp http,
        Uri address,
        byte[] body,
        CallOptions? options,
        CancellationToken cancellationToken
    )
    {
        var download = new PieceDownload(http, options);
        download.Finished = download.RunAsync(address, body, options, cancellationToken);
        // Who is never asked for the headers must not be reported as unobserved.
        _ = download.Opened.ContinueWith(
            static task => task.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
        return download;
    }

    private async Task RunAsync(Uri address, byte[] body, CallOptions? options, CancellationToken cancellationToken)
    {
        try
        {
            ApiCall call = await _http
                .OpenAsync(address, body, AnswerKind.ByteStream, options, cancellationToken)
                .ConfigureAwait(false);
            using HttpResponseMessage response = call.Response!;
            _opened.SetResult(call);
            using var idle = new IdleWatch(_idleTimeout, _http.Time, cancellationToken, cancellationToken);
            try
            {
                await PumpAsync(response, idle).ConfigureAwait(false);
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                throw Broken(error, idle, call);
            }
            _chunks.Writer.Complete();
        }
        catch (Exception error)
        {
            _opened.TrySetException(error);
            _chunks.Writer.Complete(error);
        }
    }

    private async Task PumpAsync(HttpResponseMessage response, IdleWatch idle)
    {
        Stream stream = await response.Content.ReadAsStreamAsync(idle.Token).ConfigureAwait(false);
        byte[] buffer = new byte[ChunkBytes];
        while (true)
        {
            idle.BeginWait();
            int read = await stream.ReadAsync(buffer, idle.Token).ConfigureAwait(false);
            idle.EndWait();
            if (read == 0)
                return;
            await _chunks.Writer.WriteAsync(buffer.AsSpan(0, read).ToArray(), idle.Token).ConfigureAwait(false);
        }
    }

    private static GroqStreamException Broken(Exception error, IdleWatch idle, ApiCall call)
    {
        bool isIdle = idle.Token.IsCancellationRequested;
        if (isIdle)
            error = new GroqTimeoutException(TimeoutPhase.BetweenChunks, idle.Limit, innerException: error);
        return new GroqStreamException(
            isIdle ? StreamFailure.Idle : StreamFailure.ConnectionLost,
            isIdle ? error.Message : "The connection broke within the stream.",
            null,
            new ErrorDetails { RequestId = call.Response!.Headers.First("x-request-id"), IsRetryable = true },
            error
        )
        {
            Attempts = call.Attempts,
        };
    }
}
