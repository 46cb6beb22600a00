using System.Runtime.CompilerServices;
using GroqKit.Providers.Speech;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers;

/// <summary>Raises one kind of exception whatever the client underneath raises, and knows portable names of voices.</summary>
internal sealed class TranslatingTextToSpeechClient(
    ITextToSpeechClient inner,
    IFailureTranslation failures,
    VoiceNames voices,
    string? model
) : ITextToSpeechClient
{
    public async Task<TextToSpeechResponse> GetAudioAsync(
        string text,
        TextToSpeechOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            return await inner.GetAudioAsync(text, Name(options), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (failures.Handles(error))
        {
            throw failures.Translate(error, options?.ModelId ?? model);
        }
    }

    public async IAsyncEnumerable<TextToSpeechResponseUpdate> GetStreamingAudioAsync(
        string text,
        TextToSpeechOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        IAsyncEnumerator<TextToSpeechResponseUpdate> updates = inner
            .GetStreamingAudioAsync(text, Name(options), cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        await using (updates.ConfigureAwait(false))
        {
            while (true)
            {
                try
                {
                    if (!await updates.MoveNextAsync().ConfigureAwait(false))
                        yield break;
                }
                catch (Exception error) when (failures.Handles(error))
                {
                    throw failures.Translate(error, options?.ModelId ?? model);
                }
                yield return updates.Current;
            }
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null && serviceType.IsInstanceOfType(this)
            ? this
            : inner.GetService(serviceType, serviceKey);
    }

    public void Dispose() { }

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
