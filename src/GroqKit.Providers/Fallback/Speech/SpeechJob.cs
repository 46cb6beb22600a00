using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Fallback.Speech;

/// <summary>Speech that is streamed. A break after sound was delivered is not mended: voices differ, and a word would be heard twice.</summary>
internal sealed class SpeechJob(string text, TextToSpeechOptions? options) : StreamedJob<TextToSpeechResponseUpdate>
{
    public override ProviderService Service => ProviderService.TextToSpeech;

    public override IAsyncEnumerable<TextToSpeechResponseUpdate> Start(
        FallbackCandidate candidate,
        CancellationToken cancellationToken
    ) =>
        candidate.Lane.TextToSpeech.GetStreamingAudioAsync(
            text,
            TargetOptions.For(options, candidate.Target),
            cancellationToken
        );

    public override void Label(TextToSpeechResponseUpdate first, FallbackTrace trace) =>
        (first.AdditionalProperties ??= [])[FallbackTrace.PropertyName] = trace;

    public override OutputTally<TextToSpeechResponseUpdate> CreateTally() => new SpokenTally();
}
