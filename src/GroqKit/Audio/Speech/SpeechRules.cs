using System.Text.Json;
using GroqKit.Catalog;
using GroqKit.Json;
using GroqKit.Models;

namespace GroqKit.Audio;

/// <summary>What Groq would refuse anyway, found before anything is sent. Each rule names the parameter as it stands on the wire.</summary>
internal static class SpeechRules
{
    private const int ShortestPiece = 20;
    private const string WavOnly = "canopylabs/orpheus";

    private static readonly int[] SampleRates = [8000, 16000, 22050, 24000, 32000, 44100, 48000];

    private static readonly HashSet<string> OwnProperties =
    [
        .. GroqJson
            .Context.SpeechRequest.Properties.Where(property => !property.IsExtensionData)
            .Select(property => property.Name),
    ];

    /// <exception cref="GroqValidationException">A rule is broken.</exception>
    public static void Check(SpeechRequest request)
    {
        ModelName.Check(request.Model, "model");
        CatalogModel? model = ModelCatalog.Default.Find(request.Model);
        if (model is not null && model.Kind != ModelKind.Speech && model.Kind != ModelKind.Unknown)
            throw Invalid("model", $"{model.Id} is a model for {model.Kind}; take {SpeechRequest.DefaultModel}.");
        if (string.IsNullOrWhiteSpace(request.Input))
            throw Invalid("input", "has nothing to say.");
        // Of a long text the first pieces would be sent before the one with the fault is written.
        if (HalfPairs.IsIn(request.Input))
            throw Invalid("input", HalfPairs.Problem);
        CheckVoice(request.Voice, model);
        CheckFormat(request);
        if (request.SampleRate is { } rate && !SampleRates.Contains(rate))
            throw Invalid("sample_rate", $"must be one of {string.Join(", ", SampleRates)}.");
        if (request.Speed is { } speed && !(speed is >= 0.5 and <= 5))
            throw Invalid("speed", "must be from 0.5 to 5.");
        if (request.MaxPieceLength is < ShortestPiece)
            throw Invalid("input", $"MaxPieceLength must be at least {ShortestPiece}.");
        if (request.PiecesAhead is < 0 or > 16)
            throw Invalid("input", "PiecesAhead must be from 0 to 16.");
        CheckExtra(request.ExtraBody);
    }

    /// <summary>The most characters that a call takes.</summary>
    public static int PieceLength(SpeechRequest request) =>
        request.MaxPieceLength ?? ModelCatalog.Default.Find(request.Model)?.MaxInputCharacters ?? int.MaxValue;

    /// <exception cref="GroqValidationException">The format has no way to put pieces together.</exception>
    public static void CheckJoinable(SpeechRequest request, int pieces)
    {
        if (pieces > 1 && request.ResponseFormat == SpeechFormat.Flac)
        {
            throw Invalid(
                "response_format",
                $"flac cannot be joined, and the text takes {pieces} pieces: ask for wav, or shorten the text."
            );
        }
    }

    private static GroqValidationException Invalid(string parameter, string problem) =>
        SpeechToTextRules.Invalid(parameter, problem);

    // A voice that nobody knows may be new; one that is known to belong to another model can't be meant.
    private static void CheckVoice(SpeechVoice voice, CatalogModel? model)
    {
        if (string.IsNullOrWhiteSpace(voice.Value))
            throw Invalid("voice", "is missing.");
        if (model is not { Voices.Count: > 0 } || RetiredVoices.IsVoiceOf(model.Id, voice))
            return;
        CatalogModel? owner = ModelCatalog.Default.Models.FirstOrDefault(other =>
            RetiredVoices.IsVoiceOf(other.Id, voice)
        );
        if (owner is not null)
        {
            throw Invalid(
                "voice",
                $"{voice} is a voice of {owner.Id}. {model.Id} has {string.Join(", ", model.Voices)}."
            );
        }
    }

    private static void CheckFormat(SpeechRequest request)
    {
        if (string.IsNullOrWhiteSpace(request.ResponseFormat.Value))
            throw Invalid("response_format", "is missing.");
        bool wavOnly = request.Model.StartsWith(WavOnly, StringComparison.OrdinalIgnoreCase);
        if (wavOnly && request.ResponseFormat != SpeechFormat.Wav)
            throw Invalid("response_format", $"must be wav: {request.Model} makes nothing else.");
    }

    private static void CheckExtra(Dictionary<string, JsonElement>? extra)
    {
        foreach (var (name, value) in extra ?? [])
        {
            if (OwnProperties.Contains(name))
                throw Invalid(name, "stands in the extra body, but the request has a property for it.");
            if (value.ValueKind == JsonValueKind.Undefined)
                throw Invalid(name, "has no value in the extra body.");
        }
    }
}
