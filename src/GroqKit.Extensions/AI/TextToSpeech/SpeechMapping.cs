using GroqKit.Audio;
using GroqKit.Catalog;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.AI.TextToSpeech;

/// <summary>
/// Makes a request of a text and options. A field is taken from the caller's own request object if that sets it, else from the option, else from the
/// additional properties.
/// </summary>
internal sealed class SpeechMapping(string? defaultModel, string? defaultVoice)
{
    /// <exception cref="NotSupportedException">An option has no counterpart.</exception>
    public static void Check(TextToSpeechOptions? options)
    {
        if (options?.Pitch is not null)
            throw Refused(nameof(TextToSpeechOptions.Pitch));
        if (options?.Volume is not null)
            throw Refused(nameof(TextToSpeechOptions.Volume));
    }

    /// <exception cref="NotSupportedException">An option has no counterpart.</exception>
    /// <exception cref="GroqValidationException">No voice is known for the model, or a property is of the wrong kind.</exception>
    public SpeechRequest Map(ITextToSpeechClient client, string text, TextToSpeechOptions? options)
    {
        Check(options);
        var own = options?.RawRepresentationFactory?.Invoke(client) as SpeechRequest;
        string model = Model(own, options);
        return new SpeechRequest
        {
            Model = model,
            Input = text,
            Voice = Voice(own, options, model),
            ResponseFormat =
                own is not null && own.ResponseFormat != SpeechFormat.Wav
                    ? own.ResponseFormat
                    : SpokenForm.ToGroq(options?.AudioFormat),
            Speed = own?.Speed ?? Numbers.Shortest(options?.Speed),
            SampleRate =
                own?.SampleRate
                ?? AdditionalFields.Read(
                    options?.AdditionalProperties,
                    "sample_rate",
                    RequestJson.Default.NullableInt32
                ),
            MaxPieceLength = own?.MaxPieceLength,
            PiecesAhead = own?.PiecesAhead ?? 2,
            ExtraBody = own?.ExtraBody,
        };
    }

    private string Model(SpeechRequest? own, TextToSpeechOptions? options)
    {
        // A request object always names a model; only one that is not its default was chosen.
        string? model =
            own is not null && own.Model != SpeechRequest.DefaultModel ? own.Model
            : string.IsNullOrWhiteSpace(options?.ModelId) ? defaultModel
            : options.ModelId;
        if (string.IsNullOrWhiteSpace(options?.Language))
            return model ?? SpeechRequest.DefaultModel;
        return SpokenLanguage.Choose(options.Language, model);
    }

    private SpeechVoice Voice(SpeechRequest? own, TextToSpeechOptions? options, string model)
    {
        string? voice = own?.Voice.Value;
        if (string.IsNullOrWhiteSpace(voice))
            voice = options?.VoiceId;
        // Each model has voices of its own: the default voice is the default model's.
        if (string.IsNullOrWhiteSpace(voice) && model == (defaultModel ?? SpeechRequest.DefaultModel))
            voice = defaultVoice;
        if (string.IsNullOrWhiteSpace(voice))
            voice = ModelCatalog.Default.Find(model)?.Voices is [var first, ..] ? first : null;
        return string.IsNullOrWhiteSpace(voice)
            ? throw Unsupported.Missing("voice", "name it when the client is made, or in TextToSpeechOptions.VoiceId.")
            : new SpeechVoice(voice);
    }

    private static NotSupportedException Refused(string option) =>
        Unsupported.Option(nameof(TextToSpeechOptions), option, "Groq has no such parameter.");
}
