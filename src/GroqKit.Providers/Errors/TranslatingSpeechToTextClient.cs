using System.Runtime.CompilerServices;
using GroqKit.Providers.Speech;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers;

/// <summary>Raises one kind of exception whatever the client underneath raises, and names languages by their codes.</summary>
internal sealed class TranslatingSpeechToTextClient(
    ISpeechToTextClient inner,
    IFailureTranslation failures,
    string? model
) : DelegatingSpeechToTextClient(inner)
{
    public override async Task<SpeechToTextResponse> GetTextAsync(
        Stream audioSpeechStream,
        SpeechToTextOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            SpeechToTextResponse heard = await InnerClient
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

    public override async IAsyncEnumerable<SpeechToTextResponseUpdate> GetStreamingTextAsync(
        Stream audioSpeechStream,
        SpeechToTextOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        IAsyncEnumerable<SpeechToTextResponseUpdate> updates = TranslatedUpdates<SpeechToTextResponseUpdate>.Open(
            () => InnerClient.GetStreamingTextAsync(audioSpeechStream, options, cancellationToken),
            failures,
            options?.ModelId ?? model
        );
        await foreach (SpeechToTextResponseUpdate update in updates.ConfigureAwait(false))
        {
            NameLanguage(update.AdditionalProperties);
            yield return update;
        }
    }

    private static void NameLanguage(AdditionalPropertiesDictionary? properties)
    {
        if (SpokenLanguages.ToCode(properties?.GetValueOrDefault(SpeechProperties.Language) as string) is { } code)
            properties![SpeechProperties.LanguageCode] = code;
    }
}
