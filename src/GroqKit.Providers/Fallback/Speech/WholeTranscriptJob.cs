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

    public override OutputTally<SpeechToTextResponse> CreateTally() => new WholeTranscriptTally();
}
