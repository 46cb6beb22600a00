using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Fallback.Speech;

/// <summary>A transcript that is streamed. A break after words were delivered is not mended: the next model cuts and words otherwise.</summary>
internal sealed class TranscriptJob(RecordedAudio audio, SpeechToTextOptions? options)
    : StreamedJob<SpeechToTextResponseUpdate>
{
    public override ProviderService Service => ProviderService.SpeechToText;

    public override IAsyncEnumerable<SpeechToTextResponseUpdate> Start(
        FallbackCandidate candidate,
        CancellationToken cancellationToken
    ) =>
        candidate.Lane.SpeechToText.GetStreamingTextAsync(
            audio.Open(),
            TargetOptions.For(options, candidate.Target),
            cancellationToken
        );

    public override void Label(SpeechToTextResponseUpdate first, FallbackTrace trace) =>
        (first.AdditionalProperties ??= [])[FallbackTrace.PropertyName] = trace;

    public override OutputTally<SpeechToTextResponseUpdate> CreateTally() => new TranscriptTally();
}
