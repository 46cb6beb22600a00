namespace GroqKit.Http;

/// <summary>Where the bytes of a file to be sent come from. For one call at a time.</summary>
internal abstract class UploadSource
{
    /// <summary>The name the file has where it comes from; null when it has none.</summary>
    public abstract string? Name { get; }

    /// <summary>Bytes; null when only reading will tell.</summary>
    public abstract long? Length { get; }

    /// <summary>Whether it can be read more than once.</summary>
    public abstract bool CanRepeat { get; }

    /// <summary>Whether it can be read from its beginning now.</summary>
    public virtual bool CanOpen => true;

    /// <summary>Whether several readers may have it open at the same time, each at its own place.</summary>
    public virtual bool CanReadInParallel => false;

    /// <summary>Why it can't be read, found without reading it; null when nothing is known to be wrong.</summary>
    public abstract string? FindProblem();

    /// <summary>Reads it from its beginning. The stream is the caller's to dispose of.</summary>
    /// <exception cref="IOException">It can't be read (again).</exception>
    public abstract ValueTask<Stream> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Its first bytes, which stay unread.</summary>
    public virtual async ValueTask<ReadOnlyMemory<byte>> PeekAsync(int count, CancellationToken cancellationToken)
    {
        Stream stream = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
            return await ReadUpToAsync(stream, count, cancellationToken).ConfigureAwait(false);
    }

    protected static async ValueTask<ReadOnlyMemory<byte>> ReadUpToAsync(
        Stream stream,
        int count,
        CancellationToken cancellationToken
    )
    {
        byte[] buffer = new byte[count];
        int read = await stream
            .ReadAtLeastAsync(buffer, count, throwOnEndOfStream: false, cancellationToken)
            .ConfigureAwait(false);
        return buffer.AsMemory(0, read);
    }
}
