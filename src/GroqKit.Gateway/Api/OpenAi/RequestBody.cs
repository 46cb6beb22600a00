using System.Buffers;
using System.IO.Pipelines;
using GroqKit.Gateway.Services.Chat;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Api.OpenAi;

/// <summary>Reads a JSON body once into rented memory, and stops as soon as it is longer than it may be.</summary>
internal sealed class RequestBody(BodyLimits limits)
{
    public const string JsonLimit = "the limit for JSON";
    public const string ImagesLimit = "the limit for JSON with images";

    // A caller that announces a large body gets the memory as it sends, not at once.
    private const int FirstRent = 4 * 1024;
    private const int MaxFirstRent = 64 * 1024;

    private string LargestName => limits.JsonWithImages > limits.Json ? ImagesLimit : JsonLimit;

    /// <param name="request">Whose body.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="meter">Told of the time that the caller takes to send it.</param>
    /// <exception cref="GatewayException">It is too long or encoded.</exception>
    public async ValueTask<PooledBody> ReadAsync(
        HttpRequest request,
        CancellationToken cancellationToken,
        RequestMeter? meter = null
    )
    {
        CheckHeaders(request.Headers);
        long declared = request.ContentLength ?? 0;
        if (declared > limits.JsonWithImages)
            throw RequestErrors.TooLarge(LargestName, limits.JsonWithImages);
        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(declared, FirstRent, MaxFirstRent));
        int length = 0;
        try
        {
            PipeReader reader = request.BodyReader;
            while (true)
            {
                ValueTask<ReadResult> read = reader.ReadAsync(cancellationToken);
                ReadResult result = read.IsCompleted || meter is null ? await read : await WaitAsync(read, meter);
                ReadOnlySequence<byte> piece = result.Buffer;
                if (length + piece.Length <= limits.JsonWithImages)
                {
                    while (buffer.Length - length < piece.Length)
                        buffer = AnswerBody.Grow(buffer);
                    piece.CopyTo(buffer.AsSpan(length));
                }
                long total = length + piece.Length;
                // Also before a refusal: the server drains the rest, or gives up on it, only once this read is over.
                reader.AdvanceTo(piece.End);
                CheckLength(total, buffer);
                length = (int)total;
                if (result.IsCompleted)
                    return new PooledBody(buffer, length);
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    /// <exception cref="GatewayException">The body is encoded, or of two types at once.</exception>
    public static void CheckHeaders(IHeaderDictionary headers)
    {
        if (headers.ContentEncoding.Count > 0)
            throw RequestErrors.UnsupportedEncoding();
        if (headers.ContentType.Count > 1)
            throw RequestErrors.Duplicate("content-type");
    }

    /// <summary>The final word, once it is known whether the message parts are images.</summary>
    public void Check(PooledBody body, bool hasImages)
    {
        if (!hasImages && body.Memory.Length > limits.Json)
            throw RequestErrors.TooLarge(JsonLimit, limits.Json);
    }

    private static async ValueTask<ReadResult> WaitAsync(ValueTask<ReadResult> read, RequestMeter meter)
    {
        meter.BeginWait();
        try
        {
            return await read;
        }
        finally
        {
            meter.EndWait();
        }
    }

    private void CheckLength(long length, byte[] soFar)
    {
        if (length <= limits.Json)
            return;
        if (length > limits.JsonWithImages)
            throw RequestErrors.TooLarge(LargestName, limits.JsonWithImages);
        // An image part begins with this name before its long data. Text can't forge it: quotes inside strings are escaped.
        if (soFar.AsSpan(0, (int)length).IndexOf("\"image_url\""u8) < 0)
            throw RequestErrors.TooLarge(JsonLimit, limits.Json);
    }
}
