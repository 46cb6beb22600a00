using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Fallback.Speech;

internal sealed class WholeSpeechJob(string text, TextToSpeechOptions? options) : FallbackJob<TextToSpeechResponse>
{
    public override ProviderService Service => ProviderService.TextToSpeech;

    public override bool IsWhole => true;

    public override IAsyncEnumerable<TextToSpeechResponse> Start(
        FallbackCandidate candidate,
        CancellationToken cancellationToken
    ) =>
        SingleAnswer.Of(
            token =>
                candidate.Lane.TextToSpeech.GetAudioAsync(text, SpeechOptions.For(options, candidate.Target), token),
            cancellationToken
        );

    public override OutputTally<TextToSpeechResponse> CreateTally() => new WholeSpokenTally();
}
