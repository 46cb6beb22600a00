using GroqKit.Audio;
using GroqKit.Providers;
using GroqKit.Providers.Fallback;
using GroqKit.Providers.Fallback.Speech;
using GroqKit.Voice.Sound;
using Microsoft.Extensions.AI;

namespace GroqKit.Voice.Speaking;

/// <summary>Makes the sound of one piece: whole, or as much as can be had. What was heard of a sentence whose sound breaks off is not said again.</summary>
internal sealed class PieceSpeaker(VoiceClients clients, VoiceOptions options, TurnLog log, TimeProvider time)
{
    private const int MostAttempts = 2;

    // So little of a sentence is better heard again than left hanging in the air.
    private static readonly TimeSpan SaidAgain = TimeSpan.FromSeconds(0.7);

    private readonly TextToSpeechOptions _speaking = WithForm(clients.SpeakingOptions);

    public async Task SpeakAsync(SpokenPiece piece, CancellationToken cancellationToken)
    {
        try
        {
            await SpeakAllAsync(piece, cancellationToken).ConfigureAwait(false);
            piece.Complete(null);
        }
        catch (Exception failure)
        {
            piece.Complete(failure);
        }
    }

    private async Task SpeakAllAsync(SpokenPiece piece, CancellationToken cancellationToken)
    {
        string text = piece.Text;
        for (int attempt = 1; ; attempt++)
        {
            var check = new PieceCheck(Direction.LengthWithout(text), options.Output.SampleRate);
            long before = piece.Given;
            ProviderException failure;
            try
            {
                if (
                    await TryAsync(piece, text, check, attempt, cancellationToken).ConfigureAwait(false)
                    is not { } fault
                )
                    return;
                failure = new ProviderException(ProviderFailure.Malformed, $"Text to speech: {fault}.");
            }
            catch (ProviderException broken)
            {
                failure = broken;
            }
            if (attempt == MostAttempts || !failure.MayTryAnother)
                throw failure;
            TimeSpan heard = options.Output.DurationOf(piece.Given - before);
            if (heard >= SaidAgain)
                text = piece.Words.PlaceAt(options.Output.DurationOf(piece.Given)) is { } place
                    ? piece.Text[place..].TrimStart()
                    : Wording.Rest(text, heard / (Wording.UsualPerCharacter * text.Length));
            if (text.Length == 0)
                return;
            log.Switched(VoiceStage.Speaking, failure.Provider ?? "unknown", null, failure.Message);
        }
    }

    // What is wrong with the sound; null when nothing is.
    private async Task<string?> TryAsync(
        SpokenPiece piece,
        string text,
        PieceCheck check,
        int attempt,
        CancellationToken cancellationToken
    )
    {
        ITextToSpeechClient client = (attempt > 1 ? clients.SpareTextToSpeech : null) ?? clients.TextToSpeech!;
        var call = new CallRecord(time);
        var trace = new FallbackTrace();
        var spoken = new SpokenAttempt(piece, text, options.Output);
        long asked = time.GetTimestamp();
        TimeSpan waited = TimeSpan.Zero;
        try
        {
            await foreach (
                SampleBlock block in SpokenSamples
                    .ReadAsync(
                        Ask(client, text, trace, cancellationToken),
                        options.Output.SampleRate,
                        update =>
                        {
                            call.See(update);
                            spoken.Tell(update);
                        },
                        cancellationToken
                    )
                    .ConfigureAwait(false)
            )
            {
                if (check.Samples == 0 && attempt > 1)
                    FadeIn(block.Samples);
                if (check.Samples > 0)
                    waited += time.GetElapsedTime(asked);
                spoken.Hold(block);
                if (check.Add(block.Samples))
                {
                    call.Output();
                    bool isFirst = piece.Given == 0;
                    await spoken.GiveAsync(cancellationToken).ConfigureAwait(false);
                    // Other turns' first sounds go before the rest of this one.
                    if (isFirst)
                        await Task.Yield();
                }
                if (check.IsTooLong)
                    break;
                if (waited - options.Output.DurationOf(check.Samples) > options.SlowVoiceTimeout)
                    throw new ProviderException(
                        ProviderFailure.Timeout,
                        $"Text to speech: the sound comes {options.SlowVoiceTimeout.TotalSeconds:0.#} s later than it is heard."
                    );
                // Time in which the caller was waited for is none of the provider's.
                asked = time.GetTimestamp();
            }
            string? fault = check.FindFault();
            await spoken
                .EndAsync(breaks: check.IsTooLong || fault is not null, cancellationToken)
                .ConfigureAwait(false);
            log.Spoken(call, text, trace, null);
            return fault;
        }
        catch (Exception failure)
        {
            if (!cancellationToken.IsCancellationRequested)
                await spoken.EndAsync(breaks: true, cancellationToken).ConfigureAwait(false);
            log.Spoken(call, text, trace, failure);
            throw;
        }
    }

    private IAsyncEnumerable<TextToSpeechResponseUpdate> Ask(
        ITextToSpeechClient client,
        string text,
        FallbackTrace trace,
        CancellationToken cancellationToken
    ) =>
        client is FallbackTextToSpeechClient chain
            ? chain.GetStreamingAudioAsync(text, _speaking, trace, cancellationToken)
            : client.GetStreamingAudioAsync(text, _speaking, cancellationToken);

    private void FadeIn(Span<short> block) =>
        Fade.In(block[..Math.Min((int)(options.Output.SampleRate * Fade.Length.TotalSeconds), block.Length)]);

    private static TextToSpeechOptions WithForm(TextToSpeechOptions? given)
    {
        TextToSpeechOptions made = given?.Clone() ?? new TextToSpeechOptions();
        // A file tells how much sound there is to be, samples don't; not every provider has one.
        if (!"wav".Equals(made.AudioFormat, StringComparison.OrdinalIgnoreCase))
            made.AudioFormat = "pcm";
        // Whoever can't tell leaves them out.
        (made.AdditionalProperties ??= []).TryAdd(SpeechProperties.WordTimes, true);
        return made;
    }
}
