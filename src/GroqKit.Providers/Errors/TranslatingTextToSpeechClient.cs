using GroqKit.Providers.Speech;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers;

/// <summary>Raises one kind of exception whatever the client underneath raises, and knows portable names of voices.</summary>
internal sealed class TranslatingTextToSpeechClient(
    ITextToSpeechClient inner,
    IFailureTranslation failures,
    VoiceNames voices,
    string? model
) : DelegatingTextToSpeechClient(inner)
{
    public override async Task<TextToSpeechResponse> GetAudioAsync(
        string text,
        TextToSpeechOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            return await InnerClient.GetAudioAsync(text, Name(options), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (failures.Handles(error))
        {
            throw failures.Translate(error, options?.ModelId ?? model);
        }
    }

    public override IAsyncEnumerable<TextToSpeechResponseUpdate> GetStreamingAudioAsync(
        string text,
        TextToSpeechOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        TranslatedUpdates<TextToSpeechResponseUpdate>.Open(
            () => InnerClient.GetStreamingAudioAsync(text, Name(options), cancellationToken),
            failures,
            options?.ModelId ?? model
        );

    // The caller's options are only read.
    private TextToSpeechOptions? Name(TextToSpeechOptions? options)
    {
        if (string.IsNullOrWhiteSpace(options?.VoiceId) || voices.Find(options.VoiceId) == options.VoiceId)
            return options;
        TextToSpeechOptions named = options.Clone();
        named.VoiceId = voices.Find(options.VoiceId);
        return named;
    }
}
