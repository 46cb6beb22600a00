using GroqKit.Audio;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.AI.SpeechToText;

/// <summary>
/// Makes a request of a recording and options. A field is taken from the caller's own request object if that sets it, else from the option, else from
/// the additional properties.
/// </summary>
internal static class SpeechToTextMapping
{
    private const string English = "en";

    /// <exception cref="NotSupportedException">The text is wanted in a language that Groq does not translate into.</exception>
    /// <exception cref="GroqValidationException">A property is of the wrong kind.</exception>
    public static SpeechToTextRequest Map(
        ISpeechToTextClient client,
        AudioInput audio,
        SpeechToTextOptions? options,
        string? defaultModel
    )
    {
        object? own = options?.RawRepresentationFactory?.Invoke(client);
        string? model = string.IsNullOrWhiteSpace(options?.ModelId) ? defaultModel : options.ModelId;
        bool translates = own is TranslationRequest || (own is not TranscriptionRequest && IsTranslation(options));
        return translates
            ? Translation(own as TranslationRequest, audio, options, model)
            : Transcription(own as TranscriptionRequest, audio, options, model);
    }

    /// <exception cref="NotSupportedException">The language is not English.</exception>
    public static bool IsTranslation(SpeechToTextOptions? options)
    {
        if (Language(options?.TextLanguage) is not { } wanted || wanted == Language(options?.SpeechLanguage))
            return false;
        return wanted == English
            ? true
            : throw Unsupported.Option(
                nameof(SpeechToTextOptions),
                nameof(SpeechToTextOptions.TextLanguage),
                $"Groq writes down what is spoken, or translates it into English; not into '{options!.TextLanguage}'."
            );
    }

    private static TranscriptionRequest Transcription(
        TranscriptionRequest? own,
        AudioInput audio,
        SpeechToTextOptions? options,
        string? model
    )
    {
        AdditionalPropertiesDictionary? bag = options?.AdditionalProperties;
        IReadOnlyList<TimestampGranularity>? granularities =
            own?.TimestampGranularities
            ?? AdditionalFields.Read(bag, "timestamp_granularities", RequestJson.Default.TimestampGranularityArray);
        TranscriptionRequest request = own ?? new TranscriptionRequest { Audio = audio };
        return request with
        {
            Audio = audio,
            Model = Model(own, model, TranscriptionRequest.DefaultModel),
            Language = own?.Language ?? Language(options?.SpeechLanguage),
            Prompt = Prompt(own, bag),
            Temperature = Temperature(own, bag),
            ResponseFormat = Format(own, bag),
            TimestampGranularities = granularities,
        };
    }

    private static TranslationRequest Translation(
        TranslationRequest? own,
        AudioInput audio,
        SpeechToTextOptions? options,
        string? model
    )
    {
        AdditionalPropertiesDictionary? bag = options?.AdditionalProperties;
        TranslationRequest request = own ?? new TranslationRequest { Audio = audio };
        return request with
        {
            Audio = audio,
            Model = Model(own, model, TranslationRequest.DefaultModel),
            Prompt = Prompt(own, bag),
            Temperature = Temperature(own, bag),
            ResponseFormat = Format(own, bag),
        };
    }

    // Groq knows two letters, the ecosystem names cultures: en-US is en.
    private static string? Language(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
            return null;
        int end = name.AsSpan().IndexOfAny('-', '_');
        return (end < 0 ? name : name[..end]).Trim().ToLowerInvariant();
    }

    // A request object always names a model; only one that is not its default was chosen.
    private static string Model(SpeechToTextRequest? own, string? model, string fallback) =>
        own is not null && own.Model != fallback ? own.Model : model ?? fallback;

    private static string? Prompt(SpeechToTextRequest? own, AdditionalPropertiesDictionary? bag) =>
        own?.Prompt ?? AdditionalFields.Read(bag, "prompt", RequestJson.Default.String);

    private static double? Temperature(SpeechToTextRequest? own, AdditionalPropertiesDictionary? bag) =>
        own?.Temperature ?? AdditionalFields.Read(bag, "temperature", RequestJson.Default.NullableDouble);

    // Times, language and usage come only with the verbose form, which costs nothing more.
    private static TranscriptionFormat Format(SpeechToTextRequest? own, AdditionalPropertiesDictionary? bag) =>
        own?.ResponseFormat
        ?? AdditionalFields.Read(bag, "response_format", RequestJson.Default.NullableTranscriptionFormat)
        ?? TranscriptionFormat.VerboseJson;
}
