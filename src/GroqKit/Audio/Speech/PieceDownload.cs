using System.Threading.Channels;
using GroqKit.Http;

namespace GroqKit.Audio;

/// <summary>Fetches the sound of one piece, ahead of who reads it, but not without bounds.</summary>
internal sealed class PieceDownload
{
    private const int ChunkBytes = 16 * 1024;
    private const int ChunksAhead = 256;

    private readonly Channel<ReadOnlyMemory<byte>> _chunks = Channel.CreateBounded<ReadOnlyMemory<byte>>(
        new BoundedChannelOptions(ChunksAhead) { SingleReader = true, SingleWriter = true }
    );

    private readonly TaskCompletionSource<ResponseMetadata> _opened = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    private PieceDownload() { }

    /// <summary>Completes when the headers are there.</summary>
    public Task<ResponseMetadata> Opened => _opened.Task;

    /// <summary>The sound as it comes; ends with the error that ended it.</summary>
    public ChannelReader<ReadOnlyMemory<byte>> Chunks => _chunks.Reader;

    /// <summary>Completes, never with an error, when nothing is under way any more.</summary>
    public Task Finished { get; private set; } = Task.CompletedTask;

    /// <summary>Whether the sound broke off after it had begun.</summary>
    public bool HasBroken { get; private set; }

    public static PieceDownload Start(
        GroqHttp http,
        Uri address,
        SpeechRequest request,
        CallOptions? options,
        CancellationToken cancellationToken
    )
    {
        var download = new PieceDownload();
        download.Finished = download.RunAsync(http, address, request, options, cancellationToken);
        // Who is never asked for the headers must not be reported as unobserved.
        _ = download.Opened.ContinueWith(
            static task => task.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
        return download;
    }

    private async Task RunAsync(
        GroqHttp http,
        Uri address,
        SpeechRequest request,
        CallOptions? options,
        CancellationToken cancellationToken
    )
    {
        try
        {
            ContentStream sound = await http.OpenBytesAsync(
                    address,
                    SpeechPlan.Body(request),
                    options,
                    SpeechPlan.Subject(request),
                    cancellationToken
                )
                .ConfigureAwait(false);
            await using (sound.ConfigureAwait(false))
            {
                _opened.SetResult(sound.Metadata);
                await PumpAsync(sound, cancellationToken).ConfigureAwait(false);
            }
            _chunks.Writer.Complete();
        }
        catch (Exception error)
        {
            _opened.TrySetException(error);
            _chunks.Writer.Complete(error);
        }
    }

    private async Task PumpAsync(ContentStream sound, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[ChunkBytes];
        try
        {
            while (await sound.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and int read)
            {
                await _chunks
                    .Writer.WriteAsync(buffer.AsSpan(0, read).ToArray(), cancellationToken)
                    .ConfigureAwait(false);
            }
        }
        catch (GroqException error)
        {
            HasBroken = true;
            throw new GroqStreamException(
                error is GroqTimeoutException ? StreamFailure.Idle : StreamFailure.ConnectionLost,
                error.Message,
                details: error.Details,
                innerException: error
            )
            {
                Attempts = error.Attempts,
            };
        }
    }
}
