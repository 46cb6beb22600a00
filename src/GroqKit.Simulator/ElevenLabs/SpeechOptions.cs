using GroqKit.Simulator.Http;
using GroqKit.Simulator.Models;

namespace GroqKit.Simulator.ElevenLabs;

/// <summary>What is to be said, by whom and how, checked.</summary>
internal sealed record SpeechOptions(string Text, string ModelId, string VoiceId, double Speed)
{
    private const double Slowest = 0.7;
    private const double Quickest = 1.2;
    private const int MostIds = 3;

    private static readonly string[] WithoutEffect =
    [
        "pronunciation_dictionary_locators",
        "seed",
        "apply_language_text_normalization",
        "use_pvc_as_ivc",
    ];

    /// <summary>How many credits it costs.</summary>
    public int Cost => (int)Math.Ceiling(Text.Length * (ElevenLabsModel.Find(ModelId)?.Cost ?? 1));

    public static SpeechOptions Read(Field root, string voice)
    {
        string text = root.Require("text").NonEmptyText();
        string model = ElevenLabsModel.UsualVoiceModel;
        double speed = 1;
        Field? language = null;
        foreach (Field field in root.Properties())
        {
            if (field.IsNull || WithoutEffect.Contains(field.Name))
                continue;
            switch (field.Name)
            {
                case "text":
                    break;
                case "model_id":
                    model = field.NonEmptyText();
                    break;
                case "language_code":
                    language = field;
                    break;
                case "voice_settings":
                    speed = ReadSettings(field);
                    break;
                case "previous_text" or "next_text":
                    field.Text();
                    break;
                case "previous_request_ids" or "next_request_ids":
                    foreach (Field id in field.Items(0, MostIds))
                        id.NonEmptyText();
                    break;
                case "apply_text_normalization":
                    field.OneOf("auto", "on", "off");
                    break;
                default:
                    throw field.Unsupported();
            }
        }

        CheckLanguage(model, language);
        bool joins = root.Value.TryGetProperty("previous_text", out _) || root.Value.TryGetProperty("next_text", out _);
        if (joins && model is "eleven_v3")
            throw ElevenLabsErrors.Invalid(
                "previous_text and next_text are not supported by eleven_v3.",
                "invalid_parameters",
                "previous_text"
            );
        return new SpeechOptions(text, model, voice, speed);
    }

    /// <summary>Everything about model, voice and length; a <c>sim/…</c> model is taken for the usual one.</summary>
    /// <exception cref="Errors.ApiException">One of them is not there, or the text is too long.</exception>
    public void Check()
    {
        string id = ModelCatalog.FaultIn(ModelId) is null ? ModelId : ElevenLabsModel.UsualVoiceModel;
        if (ElevenLabsModel.Find(id) is not { Speaks: true } model)
            throw ElevenLabsErrors.ModelNotFound(ModelId);
        if (ElevenLabsVoice.Find(VoiceId) is null)
            throw ElevenLabsErrors.VoiceNotFound(VoiceId);
        if (Text.Length > model.Characters)
            throw new Errors.ApiException(
                ElevenLabsErrors.TextTooLong(
                    $"The text is too long: {Text.Length} characters, and {model.Id} takes {model.Characters}."
                )
            );
    }

    /// <summary>The speed; the rest is checked and has no effect.</summary>
    public static double ReadSettings(Field settings)
    {
        double speed = 1;
        foreach (Field field in settings.Properties())
        {
            if (field.IsNull)
                continue;
            switch (field.Name)
            {
                case "stability" or "similarity_boost" or "style":
                    Within(field, 0, 1);
                    break;
                case "use_speaker_boost":
                    field.Bool();
                    break;
                case "speed":
                    speed = Within(field, Slowest, Quickest);
                    break;
                default:
                    throw field.Unsupported();
            }
        }

        return speed;
    }

    private static double Within(Field field, double min, double max)
    {
        double value = field.Number(double.MinValue, double.MaxValue);
        return value >= min && value <= max
            ? value
            : throw ElevenLabsErrors.Invalid(
                $"{field.Name} must be between {min} and {max}.",
                "invalid_voice_settings",
                field.Path
            );
    }

    private static void CheckLanguage(string model, Field? language)
    {
        if (
            language is { } asked
            && ElevenLabsModel.Find(model) is { Languages.Length: > 0 } known
            && !known.Languages.Contains(asked.Text())
        )
            throw ElevenLabsErrors.Invalid(
                $"Model {model} does not support language_code {asked.Text()}.",
                "unsupported_language",
                "language_code"
            );
    }
}
