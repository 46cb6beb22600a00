using System.Buffers;
using System.Runtime.CompilerServices;
using GroqKit.Providers.Http;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Speech;

/// <summary>Sound over HTTP: whole, or in the pieces in which it comes. A good answer without any sound is a failure.</summary>
internal static class SoundStream
{
    private const int PieceLength = 16 * 1024;

    public static async Task<(byte[] Sound, string? RequestId, HttpResponseMessage Answer)> ReadWholeAsync(
        ProviderHttp http,
        HttpResponseMessage answer,
        ProviderCall call,
        CancellationToken cancellationToken
    )
    {
        byte[] sound = await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        string? requestId = http.RequestIdOf(answer);
        return sound.Length > 0 ? (sound, requestId, answer) : throw NoSound(call, requestId);
    }

    /// <param name="http">Where the answer came from.</param>
    /// <param name="answer">The answer; closed at the end.</param>
    /// <param name="call">For errors.</param>
    /// <param name="start">When it was asked for.</param>
    /// <param name="create">Makes the update of a piece.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public static async IAsyncEnumerable<TextToSpeechResponseUpdate> ReadAsync(
        ProviderHttp http,
        HttpResponseMessage answer,
        ProviderCall call,
        long start,
        Func<byte[], TextToSpeechResponseUpdate> create,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using HttpResponseMessage closing = answer;
        using var deadline = new Deadline(http.StreamIdleTimeout, http.Time, cancellationToken);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(PieceLength);
        TimeSpan? first = null;
        try
        {
            while (true)
            {
                int read = await ReadPieceAsync(http, answer, buffer, deadline, call, cancellationToken)
                    .ConfigureAwait(false);
                if (read == 0)
                    break;
                first ??= http.Time.GetElapsedTime(start);
                yield return create(buffer[..read]);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        if (first is null)
            throw NoSound(call, http.RequestIdOf(answer));
        http.Traffic.Completed(call, first, http.Time.GetElapsedTime(start));
    }

    private static async Task<int> ReadPieceAsync(
        ProviderHttp http,
        HttpResponseMessage answer,
        byte[] buffer,
        Deadline deadline,
        ProviderCall call,
        CancellationToken cancellationToken
    )
    {
        deadline.Extend(http.StreamIdleTimeout);
        try
        {
            Stream body = await answer.Content.ReadAsStreamAsync(deadline.Token).ConfigureAwait(false);
            return await body.ReadAsync(buffer, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException cancelled)
        {
            throw deadline.Explain(cancelled, "the next piece of sound", Details());
        }
        catch (Exception error) when (NetworkFailures.Handles(error))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw NetworkFailures.Map(error, hasBegun: true, Details());
        }

        ProviderFailureDetails Details() => call.Details with { RequestId = http.RequestIdOf(answer) };
    }

    public static ProviderException NoSound(ProviderCall call, string? requestId) =>
        new(
            ProviderFailure.Malformed,
            $"{call.Provider}: the answer holds no sound.",
            call.Details with
            {
                RequestId = requestId,
            }
        );
}
