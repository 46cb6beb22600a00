using System.Buffers;

namespace GroqKit.Http;

/// <summary>A whole body in a rented array; disposed of exactly once.</summary>
internal readonly struct PooledBody(byte[]? buffer, int length) : IDisposable
{
    private const int FirstSize = 4096;

    public ReadOnlyMemory<byte> Memory => buffer.AsMemory(0, length);

    public ReadOnlySpan<byte> Span => buffer.AsSpan(0, length);

    /// <exception cref="HttpRequestException">The body is longer than <paramref name="limit"/>.</exception>
    public static async ValueTask<PooledBody> ReadAsync(
        HttpContent content,
        int limit,
        CancellationToken cancellationToken
    )
    {
        Stream stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            // One byte more than announced, so that the end is seen without growing.
            long expected = content.Headers.ContentLength ?? FirstSize;
            byte[] buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(expected + 1, limit + 1L));
            int length = 0;
            try
            {
                while (true)
                {
                    int read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
                    if (read == 0)
                        return new PooledBody(buffer, length);
                    length += read;
                    if (length > limit)
                        throw new HttpRequestException($"The answer is longer than {limit} bytes.");
                    if (length == buffer.Length)
                        Grow(ref buffer, length);
                }
            }
            catch
            {
                ArrayPool<byte>.Shared.Return(buffer);
                throw;
            }
        }
    }

    public void Dispose()
    {
        if (buffer is not null)
            ArrayPool<byte>.Shared.Return(buffer);
    }

    private static void Grow(ref byte[] buffer, int length)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(checked(length * 2));
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
