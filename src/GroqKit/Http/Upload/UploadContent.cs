using System.Buffers;
using System.Net;
using System.Net.Http.Headers;

namespace GroqKit.Http;

/// <summary>Sends a file through a small buffer, whatever its size.</summary>
internal sealed class UploadContent : HttpContent
{
    private const int BufferSize = 64 * 1024;

    private readonly FilePart _file;
    private readonly Action? _progressed;
    private readonly long? _length;

    public UploadContent(FilePart file, Action? progressed)
    {
        _file = file;
        _progressed = progressed;
        _length = file.Source.Length;
        Headers.ContentType = new MediaTypeHeaderValue(file.MediaType);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken
    )
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        Stream? source = null;
        try
        {
            long sent = 0;
            while (true)
            {
                int read;
                try
                {
                    source ??= await _file.Source.OpenAsync(cancellationToken).ConfigureAwait(false);
                    read = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                }
                catch (Exception error) when (error is IOException or ObjectDisposedException)
                {
                    // Must not pass for a failure of the network, which would be tried again.
                    throw Invalid($"cannot be read: {error.Message}", error);
                }
                Check(sent + read, isEnd: read == 0);
                if (read == 0)
                    break;
                await stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                sent += read;
                _progressed?.Invoke();
                _file.Progress?.Report(new UploadProgress(sent, _length));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            if (source is not null)
                await source.DisposeAsync().ConfigureAwait(false);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _length.GetValueOrDefault();
        return _length.HasValue;
    }

    private void Check(long count, bool isEnd)
    {
        if (count > _file.MaxLength)
            throw Invalid($"is longer than {_file.MaxLength} bytes.");
        if (isEnd && count == 0)
            throw Invalid("is empty.");
        if (_length is { } length && (count > length || (isEnd && count < length)))
            throw Invalid("changed while it was being sent.");
    }

    private static GroqValidationException Invalid(string problem, Exception? inner = null) =>
        new($"file: {problem}", new ErrorDetails { Parameter = "file" }, inner);
}
