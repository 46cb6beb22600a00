using System.Runtime.CompilerServices;
using GroqKit.Providers.Speech;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers;

/// <summary>Raises one kind of exception whatever the client underneath raises, and names languages by their codes.</summary>
internal sealed class TranslatingSpeechToTextClient(
    ISpeechToTextClient inner,
    IFailureTranslation failures,
    string? model
) : ISpeechToTextClient
{
    public async Task<SpeechToTextResponse> GetTextAsync(
        Stream audioSpeechStream,
        SpeechToTextOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            SpeechToTextResponse heard = await inner
                .GetTextAsync(audioSpeechStream, options, cancellationToken)
                .ConfigureAwait(false);
            NameLanguage(heard.AdditionalProperties);
            return heard;
        }
        catch (Exception error) when (failures.Handles(error))
        {
            throw failures.Translate(error, options?.ModelId ?? model);
        }
    }

    public async IAsyncEnumerable<SpeechToTextResponseUpdate> GetStreamingTextAsync(
        Stream audioSpeechStream,
        SpeechToTextOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        IAsyncEnumerator<SpeechToTextResponseUpdate> updates = inner
            .GetStreamingTextAsync(audioSpeechStream, options, cancellationToken)
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
                NameLanguage(updates.Current.AdditionalProperties);
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

    private static void NameLanguage(AdditionalPropertiesDictionary? properties)
    {
        if (SpokenLanguages.ToCode(properties?.GetValueOrDefault(SpeechProperties.Language) as string) is { } code)
            properties![SpeechProperties.LanguageCode] = code;
    }
}
