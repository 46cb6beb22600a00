namespace GroqKit.Simulator.ElevenLabs;

/// <summary>A model that speaks or hears.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Characters">The longest text; 0 for a model that hears.</param>
/// <param name="Cost">Credits a character.</param>
/// <param name="Languages">Two-letter codes; empty: any.</param>
/// <param name="Sockets">Whether the text-to-speech socket has it.</param>
internal sealed record ElevenLabsModel(string Id, int Characters, double Cost, string[] Languages, bool Sockets)
{
    public const string UsualVoiceModel = "eleven_multilingual_v2";

    private static readonly string[] Many =
    [
        "en",
        "ja",
        "zh",
        "de",
        "hi",
        "fr",
        "ko",
        "pt",
        "it",
        "es",
        "id",
        "nl",
        "tr",
        "pl",
        "sv",
        "ro",
        "ar",
        "cs",
        "el",
        "fi",
        "da",
        "ta",
        "uk",
        "ru",
        "no",
        "hu",
        "vi",
    ];

    public static IReadOnlyList<ElevenLabsModel> All { get; } =
    [
        new("eleven_v4", 10_000, 1, [], Sockets: false),
        new("eleven_v3", 5_000, 1, Many, Sockets: false),
        new(UsualVoiceModel, 10_000, 1, [], Sockets: true),
        new("eleven_flash_v2_5", 40_000, 0.5, Many, Sockets: true),
        new("eleven_flash_v2", 30_000, 0.5, ["en"], Sockets: true),
        new("eleven_turbo_v2_5", 40_000, 0.5, Many, Sockets: true),
        new("scribe_v2", 0, 0, [], Sockets: false),
        new("scribe_v1", 0, 0, [], Sockets: false),
    ];

    public bool Speaks => Characters > 0;

    public static ElevenLabsModel? Find(string id) => All.FirstOrDefault(model => model.Id == id);
}
