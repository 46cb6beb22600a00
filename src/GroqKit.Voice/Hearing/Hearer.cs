using System.Text;
using GroqKit.Providers;
using GroqKit.Providers.Fallback;
using GroqKit.Providers.Fallback.Speech;
using Microsoft.Extensions.AI;

namespace GroqKit.Voice.Hearing;

/// <summary>Makes words of what the caller said.</summary>
internal sealed class Hearer(
    VoiceClients clients,
    VoiceOptions options,
    EventQueue events,
    TurnLog log,
    TurnClock clock,
    TimeProvider time
)
{
    /// <exception cref="VoiceException">The sound is wrong, nobody spoke, or nobody could hear it.</exception>
    public async Task<string> HearAsync(VoiceInput input, CancellationToken cancellationToken)
    {
        Recording recording = await RecordAsync(input, cancellationToken).ConfigureAwait(false);
        events.EndSpeech();
        if (!recording.HasSpeech)
            throw NoSpeech();
        var call = new CallRecord(time);
        var trace = new FallbackTrace();
        var words = new StringBuilder();
        AdditionalPropertiesDictionary? properties = null;
        try
        {
            await foreach (
                SpeechToTextResponseUpdate update in Ask(recording, trace, cancellationToken).ConfigureAwait(false)
            )
            {
                call.See(update);
                properties = update.AdditionalProperties ?? properties;
                if (update.Kind == SpeechToTextResponseUpdateKind.TextUpdated && update.Text.Length > 0)
                {
                    call.Output();
                    words.Append(update.Text);
                    events.Post(new TranscriptDelta(update.Text));
                }
            }
            log.Heard(call, trace, null);
        }
        catch (Exception failure) when (!StageFailure.IsEnding(failure, cancellationToken))
        {
            log.Heard(call, trace, failure);
            throw StageFailure.Of(failure, VoiceStage.Hearing);
        }
        finally
        {
            clock.Waited(call.Elapsed);
        }
        string text = words.ToString().Trim();
        if (text.Length == 0)
            throw NoSpeech();
        events.Post(
            new TranscriptDone(
                text,
                properties?.GetValueOrDefault(SpeechProperties.LanguageCode) as string,
                properties?.GetValueOrDefault(SpeechProperties.Confidence) as double?,
                recording.Duration
            )
        );
        return text;
    }

    private async Task<Recording> RecordAsync(VoiceInput input, CancellationToken cancellationToken)
    {
        try
        {
            return await new Recorder(options)
                .ReadAsync(input.Audio!, input.MediaType, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception broken)
            when (broken is not VoiceException && !StageFailure.IsEnding(broken, cancellationToken))
        {
            throw StageFailure.OfSound(broken);
        }
    }

    private IAsyncEnumerable<SpeechToTextResponseUpdate> Ask(
        Recording recording,
        FallbackTrace trace,
        CancellationToken cancellationToken
    ) =>
        clients.SpeechToText is FallbackSpeechToTextClient chain
            ? chain.GetStreamingTextAsync(recording.Open(), clients.HearingOptions, trace, cancellationToken)
            : clients.SpeechToText!.GetStreamingTextAsync(recording.Open(), clients.HearingOptions, cancellationToken);

    private static VoiceException NoSpeech() =>
        new(VoiceErrorCodes.NoSpeech, VoiceStage.Hearing, "audio: nobody says a word in it.");
}
