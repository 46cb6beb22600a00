namespace GroqKit.Simulator.ElevenLabs;

/// <summary>A voice by its id.</summary>
internal sealed record ElevenLabsVoice(string Id, string Name, string Category, string Gender)
{
    public static IReadOnlyList<ElevenLabsVoice> All { get; } =
    [
        new("21m00Tcm4TlvDq8ikWAM", "Rachel", "premade", "female"),
        new("EXAVITQu4vr4xnSDxMaL", "Sarah", "premade", "female"),
        new("JBFqnCBsd6RMkjVDRZzb", "George", "premade", "male"),
        new("OZ0L6eISlOejga3XjDFt", "Talia", "high_quality", "female"),
        new("6WwXjDDEMyNmFG95zycZ", "Eldrin", "high_quality", "male"),
        new("WQP7cQUF5aAS6Axh5yaa", "Elara", "high_quality", "female"),
        new("gOupLcAkjEnguROwi4oS", "Darian", "high_quality", "male"),
        new("QtY3JBOUKEB5xzrRfOKc", "Maisie", "high_quality", "female"),
        new("ktkP7Nsj67dw2zcplQYt", "Lawrence", "high_quality", "male"),
    ];

    public static ElevenLabsVoice? Find(string id) => All.FirstOrDefault(voice => voice.Id == id);
}
