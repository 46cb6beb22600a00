using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Fallback.Speech;

internal sealed class WholeSpeechJob(string text, TextToSpeechOptions? options) : WholeJob<TextToSpeechResponse>
{
    public override ProviderService Service => ProviderService.TextToSpeech;

    public override Task<TextToSpeechResponse> AskAsync(
        FallbackCandidate candidate,
        CancellationToken cancellationToken
    ) =>
        candidate.Lane.TextToSpeech.GetAudioAsync(
            text,
            TargetOptions.For(options, candidate.Target),
            cancellationToken
        );

    public override OutputTally<TextToSpeechResponse> CreateTally() => new WholeSpokenTally();
}
