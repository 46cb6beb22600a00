using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Fallback.Speech;

internal sealed class WholeTranscriptJob(RecordedAudio audio, SpeechToTextOptions? options)
    : FallbackJob<SpeechToTextResponse>
{
    public override ProviderService Service => ProviderService.SpeechToText;

    public override bool IsWhole => true;

    public override IAsyncEnumerable<SpeechToTextResponse> Start(
        FallbackCandidate candidate,
        CancellationToken cancellationToken
    ) =>
        SingleAnswer.Of(
            token =>
                candidate.Lane.SpeechToText.GetTextAsync(
                    audio.Open(),
                    SpeechOptions.For(options, candidate.Target),
                    token
                ),
            cancellationToken
        );

    public override OutputTally<SpeechToTextResponse> CreateTally() => new WholeTranscriptTally();
}
