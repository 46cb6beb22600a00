using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Fallback.Speech;

internal sealed class WholeTranscriptJob(RecordedAudio audio, SpeechToTextOptions? options)
    : WholeJob<SpeechToTextResponse>
{
    public override ProviderService Service => ProviderService.SpeechToText;

    public override Task<SpeechToTextResponse> AskAsync(
        FallbackCandidate candidate,
        CancellationToken cancellationToken
    ) =>
        candidate.Lane.SpeechToText.GetTextAsync(
            audio.Open(),
            TargetOptions.For(options, candidate.Target),
            cancellationToken
        );

    public override void Label(SpeechToTextResponse first, FallbackTrace trace) =>
        (first.AdditionalProperties ??= [])[FallbackTrace.PropertyName] = trace;

    public override UsageDetails? UsageOf(SpeechToTextResponse answer) => answer.Usage;
}
