using GroqKit.Http;

namespace GroqKit.Audio;

/// <summary>
/// A text being spoken: enumerate its bytes as they come, or copy, save or collect them, once. The pieces of a long text follow each other as one
/// file with one header. Leaving early, or disposing of it, ends every call that is under way. For one reader at a time.
/// </summary>
/// <remarks>
/// The header of a streamed WAV file can't know its length, and holds 0xFFFFFFFF, which players read as "until the end"; <see cref="CopyToAsync"/>
/// puts the true sizes in where the destination can seek.
/// </remarks>
public sealed class SpeechStream : IAsyncEnumerable<ReadOnlyMemory<byte>>, IAsyncDisposable
{
    // As much as tells a format by its beginning.
    private const int EnoughToTell = 12;

    private readonly GroqHttp _http;
    private readonly Uri _address;
    private readonly SpeechPlan _plan;
    private readonly CallOptions? _options;
    private readonly CancellationToken _callToken;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenRegistration _callerLink;
    private readonly Queue<PieceDownload> _underWay = new();
    private readonly long _startedAt;
    private PieceJoiner? _joiner;
    private int _started;
    private int _isTaken;

    private SpeechStream(
        GroqHttp http,
        Uri address,
        SpeechPlan plan,
        CallOptions? options,
        CancellationToken cancellationToken
    )
    {
        _http = http;
        _address = address;
        _plan = plan;
        _options = options;
        _startedAt = http.Time.GetTimestamp();
        _callToken = cancellationToken;
        _callerLink = Link(cancellationToken);
    }

    /// <summary>What the transport knows about the first piece's answer.</summary>
    public ResponseMetadata Metadata { get; private set; } = ResponseMetadata.None;

    /// <summary>The form of the file, as asked for.</summary>
    public SpeechFormat Format => _plan.Request.ResponseFormat;

    /// <summary>Its media type.</summary>
    public string MediaType => Format.MediaType;

    /// <summary>The shape of the samples, known with the first bytes; null before, and where the file is no WAV.</summary>
    public WavFormat? Wav => _joiner?.Wav;

    /// <summary>The pieces in which the text is spoken.</summary>
    public IReadOnlyList<string> Pieces => _plan.Pieces;

    /// <summary>The number of the piece that is being delivered, from 0.</summary>
    public int PieceIndex { get; private set; }

    /// <summary>Bytes delivered so far.</summary>
    public long BytesDelivered { get; private set; }

    /// <summary>From the start of the call to the first bytes; null before.</summary>
    public TimeSpan? FirstAudio { get; private set; }

    /// <summary>What was done differently from what was asked; usually empty.</summary>
    public IReadOnlyList<GroqWarning> Warnings => _plan.Warnings;

    internal static async Task<SpeechStream> OpenAsync(
        GroqHttp http,
        Uri address,
        SpeechPlan plan,
        CallOptions? options,
        CancellationToken cancellationToken
    )
    {
        var stream = new SpeechStream(http, address, plan, options, cancellationToken);
        try
        {
            stream.StartAhead();
            stream.Metadata = await stream._underWay.Peek().Opened.ConfigureAwait(false);
            return stream;
        }
        catch (Exception error)
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (plan.Failure(0, error, default) is { } failure)
                throw failure;
            throw;
        }
    }

    /// <summary>Enumerates the bytes of the file as they come. What was given stays valid.</summary>
    /// <param name="cancellationToken">Ends all, beside the token it was opened with.</param>
    /// <exception cref="InvalidOperationException">The stream has been read or disposed of before.</exception>
    /// <exception cref="GroqSpeechException">A piece of several failed.</exception>
    /// <exception cref="GroqStreamException">The stream of a text of one piece broke.</exception>
    public IAsyncEnumerator<ReadOnlyMemory<byte>> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _isTaken, 1) != 0)
            throw new InvalidOperationException("A stream can be read once.");
        return ReadAsync(cancellationToken);
    }

    /// <summary>Copies the file as it comes; a WAV header gets its true sizes at the end, if the destination can seek.</summary>
    /// <param name="destination">Takes the file from where it stands, and stays open.</param>
    /// <param name="cancellationToken">Ends all, beside the token it was opened with.</param>
    public async Task CopyToAsync(Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        long start = destination.CanSeek ? destination.Position : 0;
        try
        {
            await foreach (var bytes in this.WithCancellation(cancellationToken).ConfigureAwait(false))
                await destination.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Also when it broke: what came before is then a valid file.
            if (destination.CanSeek && Wav is { } format && BytesDelivered > 0)
            {
                byte[] header = new WavHeader(format, BytesDelivered - WavHeader.LengthFor(format)).ToArray();
                long end = destination.Position;
                destination.Position = start;
                await destination.WriteAsync(header, CancellationToken.None).ConfigureAwait(false);
                destination.Position = end;
            }
            await destination.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Writes the file as it comes, replacing one that exists. If the stream breaks, the file holds what came before.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="cancellationToken">Ends all, beside the token it was opened with.</param>
    public async Task SaveAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, 1, useAsync: true);
        await using (file.ConfigureAwait(false))
            await CopyToAsync(file, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the stream to its end and gives the whole file.</summary>
    /// <param name="cancellationToken">Ends all, beside the token it was opened with.</param>
    public async Task<SpeechAudio> CollectAsync(CancellationToken cancellationToken = default)
    {
        using var file = new MemoryStream();
        await CopyToAsync(file, cancellationToken).ConfigureAwait(false);
        return new SpeechAudio(file.GetBuffer().AsMemory(0, (int)file.Length), _plan, Wav, Metadata);
    }

    /// <summary>Ends every call that is under way, whoever reads. Safe for all threads.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        // A reader cleans up behind itself.
        if (Interlocked.Exchange(ref _isTaken, 1) == 0)
            await CleanUpAsync().ConfigureAwait(false);
    }

    private async IAsyncEnumerator<ReadOnlyMemory<byte>> ReadAsync(CancellationToken readerToken)
    {
        try
        {
            using CancellationTokenRegistration registration = Link(readerToken);
            for (int piece = 0; piece < Pieces.Count; piece++)
            {
                PieceIndex = piece;
                StartAhead();
                PieceDownload download = Current(piece);
                IAsyncEnumerator<ReadOnlyMemory<byte>> sound = SoundAsync(download).GetAsyncEnumerator(readerToken);
                await using (sound.ConfigureAwait(false))
                {
                    while (await MoveNextAsync(sound, piece, readerToken).ConfigureAwait(false))
                    {
                        FirstAudio ??= _http.Time.GetElapsedTime(_startedAt);
                        BytesDelivered += sound.Current.Length;
                        yield return sound.Current;
                    }
                }
                await download.Finished.ConfigureAwait(false);
                _underWay.Dequeue();
            }
        }
        finally
        {
            await CleanUpAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask<bool> MoveNextAsync(
        IAsyncEnumerator<ReadOnlyMemory<byte>> sound,
        int piece,
        CancellationToken readerToken
    )
    {
        try
        {
            _stop.Token.ThrowIfCancellationRequested();
            return await sound.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (_stop.IsCancellationRequested)
        {
            throw new OperationCanceledException(
                "The stream was cancelled.",
                error,
                readerToken.IsCancellationRequested ? readerToken : _callToken
            );
        }
        catch (GroqException error)
        {
            if (_plan.Failure(piece, error, default) is { } failure)
                throw failure;
            throw;
        }
    }

    // What belongs into the file of a piece's bytes.
    private async IAsyncEnumerable<ReadOnlyMemory<byte>> SoundAsync(PieceDownload download)
    {
        bool isSilent = true;
        byte[] beginning = [];
        _joiner?.BeginPiece();
        await foreach (ReadOnlyMemory<byte> chunk in download.Chunks.ReadAllAsync().ConfigureAwait(false))
        {
            ReadOnlyMemory<byte> bytes = chunk;
            if (_joiner is null)
            {
                bytes = beginning = [.. beginning, .. chunk.Span];
                if (bytes.Length < EnoughToTell)
                    continue;
                _joiner = PieceJoiner.For(bytes.Span, Format, Pieces.Count);
                _joiner.BeginPiece();
            }
            try
            {
                bytes = _joiner.Take(bytes);
            }
            catch (InvalidDataException error)
            {
                throw SpeechPlan.NotSound(error, Metadata);
            }
            if (bytes.IsEmpty)
                continue;
            isSilent = false;
            yield return bytes;
        }
        if (isSilent)
            throw SpeechPlan.NotSound(new InvalidDataException("It holds no sound."), Metadata);
    }

    private void StartAhead()
    {
        for (; _started < Pieces.Count && _underWay.Count <= _plan.Request.PiecesAhead; _started++)
            _underWay.Enqueue(Start(_started));
    }

    // What broke off before any of it was delivered can be spoken again unnoticed, once.
    private PieceDownload Current(int piece)
    {
        PieceDownload download = _underWay.Peek();
        if (!download.HasBroken)
            return download;
        PieceDownload[] others = [.. _underWay.Skip(1)];
        _underWay.Clear();
        _underWay.Enqueue(Start(piece));
        foreach (PieceDownload other in others)
            _underWay.Enqueue(other);
        return _underWay.Peek();
    }

    private PieceDownload Start(int piece) =>
        PieceDownload.Start(_http, _address, _plan.ForPiece(piece), _options, _stop.Token);

    private CancellationTokenRegistration Link(CancellationToken token) =>
        token.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), _stop);

    private async ValueTask CleanUpAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        foreach (PieceDownload download in _underWay)
            await download.Finished.ConfigureAwait(false);
        await _callerLink.DisposeAsync().ConfigureAwait(false);
    }
}
