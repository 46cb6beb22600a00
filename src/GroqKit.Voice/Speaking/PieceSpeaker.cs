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

    // What is usual for a character, where the piece itself does not tell.
    private static readonly TimeSpan UsualPerCharacter = TimeSpan.FromMilliseconds(65);
    private static readonly TimeSpan FadeIn = TimeSpan.FromMilliseconds(10);

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
            var check = new PieceCheck(text.Length, options.Output.SampleRate);
            long before = piece.Given;
            ProviderException failure;
            try
            {
                await TryAsync(piece, text, check, attempt, cancellationToken).ConfigureAwait(false);
                if (check.FindFault() is not { } fault)
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
                text = Wording.Rest(text, heard / (UsualPerCharacter * text.Length));
            if (text.Length == 0)
                return;
            log.Switched(VoiceStage.Speaking, failure.Provider ?? "unknown", null, failure.Message);
        }
    }

    private async Task TryAsync(
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
        var held = new List<SampleBlock>();
        long asked = time.GetTimestamp();
        TimeSpan waited = TimeSpan.Zero;
        try
        {
            await foreach (
                SampleBlock block in SpokenSamples
                    .ReadAsync(
                        Ask(client, text, trace, cancellationToken),
                        options.Output.SampleRate,
                        call.See,
                        cancellationToken
                    )
                    .ConfigureAwait(false)
            )
            {
                if (check.Samples == 0 && attempt > 1)
                    Fade(block.Samples);
                if (check.Samples > 0)
                    waited += time.GetElapsedTime(asked);
                held.Add(block);
                if (check.Add(block.Samples))
                {
                    call.Output();
                    bool isFirst = piece.Given == 0;
                    foreach (SampleBlock part in held)
                        await piece.WriteAsync(part, cancellationToken).ConfigureAwait(false);
                    held.Clear();
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
            log.Spoken(call, text, trace, null);
        }
        catch (Exception failure)
        {
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

    // Sound that begins within a wave clicks.
    private void Fade(Span<short> block)
    {
        int count = Math.Min((int)(options.Output.SampleRate * FadeIn.TotalSeconds), block.Length);
        for (int i = 0; i < count; i++)
            block[i] = (short)(block[i] * i / count);
    }

    private static TextToSpeechOptions WithForm(TextToSpeechOptions? given)
    {
        TextToSpeechOptions made = given?.Clone() ?? new TextToSpeechOptions();
        // A file tells how much sound there is to be, samples don't; not every provider has one.
        if (!"wav".Equals(made.AudioFormat, StringComparison.OrdinalIgnoreCase))
            made.AudioFormat = "pcm";
        return made;
    }
}
