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

    public override void Label(TextToSpeechResponse first, FallbackTrace trace) =>
        (first.AdditionalProperties ??= [])[FallbackTrace.PropertyName] = trace;

    public override UsageDetails? UsageOf(TextToSpeechResponse answer) => answer.Usage;

    public override ProviderException? FindFault(TextToSpeechResponse answer)
    {
        var audio = new AudioTally();
        audio.Add(answer.Contents);
        return audio.FindFault();
    }
}
