using System.Buffers;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Services.Forwarding;

/// <summary>Reads the body of a provider's answer within the call's lifetime.</summary>
internal static class AnswerBody
{
    private const int FirstRent = 16 * 1024;

    /// <summary>Reads the next piece.</summary>
    /// <returns>0 at the end.</returns>
    /// <exception cref="GatewayException">The body broke off, or the call's time is over.</exception>
    public static ValueTask<int> ReadAsync(
        Stream body,
        Memory<byte> into,
        string provider,
        CallLifetime lifetime,
        TimeSpan idle
    )
    {
        ValueTask<int> read = body.ReadAsync(into, lifetime.Token);
        return read.IsCompletedSuccessfully ? read : WaitAsync(read, provider, lifetime, idle);
    }

    /// <summary>Reads all of it into rented memory.</summary>
    /// <exception cref="GatewayException">As above, or it is longer than <paramref name="limit"/>.</exception>
    public static async ValueTask<PooledBody> ReadWholeAsync(
        HttpContent content,
        int limit,
        string provider,
        CallLifetime lifetime,
        TimeSpan idle
    )
    {
        long? declared = content.Headers.ContentLength;
        if (declared > limit)
            throw UpstreamErrors.TooLarge(provider);
        await using Stream body = await content.ReadAsStreamAsync(lifetime.Token);
        // One byte more than declared, so that the read which finds the end needs no more room.
        byte[] buffer = ArrayPool<byte>.Shared.Rent(declared is > 0 and < FirstRent ? (int)declared + 1 : FirstRent);
        int length = 0;
        try
        {
            while (true)
            {
                int read = await ReadAsync(body, buffer.AsMemory(length), provider, lifetime, idle);
                if (read == 0)
                    return new PooledBody(buffer, length);
                length += read;
                if (length > limit)
                    throw UpstreamErrors.TooLarge(provider);
                if (length == buffer.Length)
                    buffer = Grow(buffer);
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    /// <summary>Rented memory twice as large, holding the same bytes; the old one is returned.</summary>
    public static byte[] Grow(byte[] full)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(full.Length * 2);
        full.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(full);
        return larger;
    }

    private static async ValueTask<int> WaitAsync(
        ValueTask<int> read,
        string provider,
        CallLifetime lifetime,
        TimeSpan idle
    )
    {
        lifetime.BeginWait(idle, Outcome.IdleTimeout);
        try
        {
            return await read;
        }
        catch (Exception) when (lifetime.Reason is not null)
        {
            throw lifetime.Explain(provider);
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            throw UpstreamErrors.Cut(provider, broken);
        }
        finally
        {
            lifetime.EndWait();
        }
    }
}
