using GroqKit.Audio;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.AI.TextToSpeech;

/// <summary>Groq takes no language: each model speaks one.</summary>
internal static class SpokenLanguage
{
    private static readonly Dictionary<string, string> Languages = new(StringComparer.Ordinal)
    {
        [SpeechRequest.DefaultModel] = "en",
        ["canopylabs/orpheus-arabic-saudi"] = "ar",
        ["playai-tts"] = "en",
        ["playai-tts-arabic"] = "ar",
    };

    /// <param name="language">A language or culture, such as <c>ar</c> or <c>ar-SA</c>.</param>
    /// <param name="model">The model that was chosen; null: any that speaks the language.</param>
    /// <exception cref="NotSupportedException">The model does not speak it, or is not known to.</exception>
    public static string Choose(string language, string? model)
    {
        string wanted = language.Split('-', '_')[0].Trim().ToLowerInvariant();
        if (model is null)
            return Languages.FirstOrDefault(known => known.Value == wanted).Key ?? throw Refused(language, model);
        return Languages.GetValueOrDefault(model) == wanted ? model : throw Refused(language, model);
    }

    private static NotSupportedException Refused(string language, string? model) =>
        Unsupported.Option(
            nameof(TextToSpeechOptions),
            nameof(TextToSpeechOptions.Language),
            $"{model ?? "no model of Groq"} is not known to speak '{language}'; Groq has no such parameter, the model decides."
        );
}
