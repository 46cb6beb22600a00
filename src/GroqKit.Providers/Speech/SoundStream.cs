using System.Runtime.CompilerServices;
using GroqKit.Providers.Http;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Speech;

/// <summary>Sound over HTTP: whole, or in the pieces in which it comes. A good answer without any sound is a failure.</summary>
internal static class SoundStream
{
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

    /// <summary>The same where sound and times come together.</summary>
    public static async Task<(SoundPiece Piece, string? RequestId, HttpResponseMessage Answer)> ReadWholeAsync(
        ProviderHttp http,
        HttpResponseMessage answer,
        ProviderCall call,
        ISoundReader reader,
        CancellationToken cancellationToken
    )
    {
        using ISoundReader reading = reader;
        string? requestId = http.RequestIdOf(answer);
        try
        {
            Stream body = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            SoundPiece piece = await reader.ReadAsync(body, cancellationToken).ConfigureAwait(false);
            return piece.Sound.Length > 0 ? (piece, requestId, answer) : throw NoSound(call, requestId);
        }
        catch (InvalidDataException broken)
        {
            throw Unreadable(call, requestId, broken);
        }
    }

    /// <param name="http">Where the answer came from.</param>
    /// <param name="answer">The answer; closed at the end.</param>
    /// <param name="call">For errors.</param>
    /// <param name="start">When it was asked for.</param>
    /// <param name="reader">Finds the sound in it; closed at the end.</param>
    /// <param name="create">Makes the update of a piece.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public static async IAsyncEnumerable<TextToSpeechResponseUpdate> ReadAsync(
        ProviderHttp http,
        HttpResponseMessage answer,
        ProviderCall call,
        long start,
        ISoundReader reader,
        Func<SoundPiece, TextToSpeechResponseUpdate> create,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using HttpResponseMessage closing = answer;
        using ISoundReader reading = reader;
        using var deadline = new Deadline(http.StreamIdleTimeout, http.Time, cancellationToken);
        TimeSpan? first = null;
        while (true)
        {
            SoundPiece piece = await ReadPieceAsync(http, answer, reader, deadline, call, cancellationToken)
                .ConfigureAwait(false);
            if (piece.Sound.Length > 0)
                first ??= http.Time.GetElapsedTime(start);
            // Words that are told behind the last sound belong to it.
            if (piece.Sound.Length > 0 || (piece.Words.Count > 0 && first is not null))
                yield return create(piece);
            if (piece.Sound.Length == 0)
                break;
        }
        if (first is null)
            throw NoSound(call, http.RequestIdOf(answer));
        http.Traffic.Completed(call, first, http.Time.GetElapsedTime(start));
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<SoundPiece> ReadPieceAsync(
        ProviderHttp http,
        HttpResponseMessage answer,
        ISoundReader reader,
        Deadline deadline,
        ProviderCall call,
        CancellationToken cancellationToken
    )
    {
        deadline.Extend(http.StreamIdleTimeout);
        try
        {
            Stream body = await answer.Content.ReadAsStreamAsync(deadline.Token).ConfigureAwait(false);
            return await reader.ReadAsync(body, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException cancelled)
        {
            throw deadline.Explain(cancelled, "the next piece of sound", Details());
        }
        catch (InvalidDataException broken)
        {
            throw Unreadable(call, http.RequestIdOf(answer), broken);
        }
        catch (Exception error) when (NetworkFailures.Handles(error))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw NetworkFailures.Map(error, hasBegun: true, Details());
        }

        ProviderFailureDetails Details() => call.Details with { RequestId = http.RequestIdOf(answer) };
    }

    private static ProviderException Unreadable(ProviderCall call, string? requestId, InvalidDataException broken) =>
        new(
            ProviderFailure.Malformed,
            $"{call.Provider}: the sound can't be read: {broken.Message}.",
            call.Details with
            {
                RequestId = requestId,
            },
            broken
        );

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
