using System.Collections.Frozen;
using GroqKit.Catalog;

namespace GroqKit.Audio;

/// <summary>Leads requests for speech models that are no more to their successors.</summary>
internal static class RetiredVoices
{
    private const string English = "canopylabs/orpheus-v1-english";
    private const string Arabic = "canopylabs/orpheus-arabic-saudi";
    private const string Suffix = "-PlayAI";

    // A voice that sounds most alike: a woman's for a woman's.
    private static readonly FrozenDictionary<string, SpeechVoice> Successors = new Dictionary<string, SpeechVoice>
    {
        ["Arista"] = SpeechVoice.Diana,
        ["Celeste"] = SpeechVoice.Hannah,
        ["Cheyenne"] = SpeechVoice.Autumn,
        ["Deedee"] = SpeechVoice.Diana,
        ["Gail"] = SpeechVoice.Hannah,
        ["Indigo"] = SpeechVoice.Autumn,
        ["Mamaw"] = SpeechVoice.Diana,
        ["Quinn"] = SpeechVoice.Autumn,
        ["Atlas"] = SpeechVoice.Daniel,
        ["Basil"] = SpeechVoice.Troy,
        ["Briggs"] = SpeechVoice.Austin,
        ["Calum"] = SpeechVoice.Daniel,
        ["Chip"] = SpeechVoice.Austin,
        ["Cillian"] = SpeechVoice.Troy,
        ["Fritz"] = SpeechVoice.Daniel,
        ["Mason"] = SpeechVoice.Troy,
        ["Mikail"] = SpeechVoice.Daniel,
        ["Mitch"] = SpeechVoice.Austin,
        ["Thunder"] = SpeechVoice.Troy,
        ["Amira"] = SpeechVoice.Noura,
        ["Ahmad"] = SpeechVoice.Fahad,
        ["Khalid"] = SpeechVoice.Sultan,
        ["Nasser"] = SpeechVoice.Fahad,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The request as it can still be served, and a warning for everything that was replaced.</summary>
    public static (SpeechRequest Request, IReadOnlyList<GroqWarning> Warnings) Replace(SpeechRequest request)
    {
        if (Successor(request.Model) is not { } model)
            return (request, []);
        var warnings = new List<GroqWarning>
        {
            new("model_replaced", "model", $"{request.Model} is retired; {model} speaks instead."),
        };
        SpeechVoice voice = request.Voice;
        if (!IsVoiceOf(model, voice))
        {
            voice = Successors.GetValueOrDefault(Name(voice), model == Arabic ? SpeechVoice.Fahad : SpeechVoice.Autumn);
            warnings.Add(
                new(
                    "voice_replaced",
                    "voice",
                    $"{model} does not have the voice {request.Voice}; {voice} speaks instead."
                )
            );
        }
        return (request with { Model = model, Voice = voice }, warnings);
    }

    public static bool IsVoiceOf(string model, SpeechVoice voice) =>
        ModelCatalog.Default.Find(model)?.Voices.Contains(voice.Value, StringComparer.OrdinalIgnoreCase) ?? false;

    private static string? Successor(string? model) =>
        model switch
        {
            "playai-tts" => English,
            "playai-tts-arabic" => Arabic,
            _ => null,
        };

    private static string Name(SpeechVoice voice) =>
        voice.Value.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) ? voice.Value[..^Suffix.Length] : voice.Value;
}
