namespace GroqKit.Voice.Tests.Turns;

/// <summary>Everything that can go wrong at a stage of a turn, before and after its first output: 3 × 11 × 2.</summary>
internal static class FaultCells
{
    // How each stage's answer breaks in the middle: the model's after some of its words, the others' after half of their bytes.
    private static readonly Dictionary<VoiceStage, string> Breaks = new()
    {
        [VoiceStage.Hearing] = "cut",
        [VoiceStage.Answering] = "cut:after=40",
        [VoiceStage.Speaking] = "cut",
    };

    private static readonly string[] Beginnings =
    [
        "refuse",
        "401",
        "429",
        "500",
        "hang before headers",
        "hang after headers",
        "zero bytes",
    ];

    private static readonly string[] Middles = ["hang mid-stream", "cut", "malformed", "slow drip"];

    public static IReadOnlyList<FaultCell> All { get; } =
    [
        .. from stage in Breaks.Keys
        from what in Beginnings.Concat(Middles)
        from isAfter in (bool[])[false, true]
        select Cell(stage, what, isAfter),
    ];

    /// <summary>What breaks the answer of the call before, so that there is a next one.</summary>
    public static string BreakOf(VoiceStage stage) => Breaks[stage];

    private static FaultCell Cell(VoiceStage stage, string what, bool isAfter)
    {
        // A transcript comes whole: what breaks it in the middle breaks it before its first word.
        bool next = isAfter && (stage == VoiceStage.Hearing || Beginnings.Contains(what));
        return new FaultCell(stage, what, isAfter, FaultOf(stage, what, isAfter && !next), next);
    }

    private static string FaultOf(VoiceStage stage, string what, bool isAfter) =>
        (what, stage, isAfter) switch
        {
            ("hang before headers", _, _) => "hang",
            ("hang after headers", _, _) => "headers-only",
            ("zero bytes", _, _) => "empty",
            ("hang mid-stream", VoiceStage.Answering, false) => "role-only",
            // Sound is output from its first sample on.
            ("hang mid-stream", VoiceStage.Speaking, false) => "headers-only",
            ("hang mid-stream", VoiceStage.Answering, true) => "stall:after=40",
            ("hang mid-stream", _, _) => "stall",
            ("cut", VoiceStage.Answering, false) => "cut:after=0",
            ("cut", VoiceStage.Answering, true) => "cut:after=40",
            ("cut", _, false) => "limit-data:bytes=20",
            ("cut", _, true) => "cut",
            ("malformed", VoiceStage.Answering, false) => "malformed:after=0",
            ("malformed", VoiceStage.Answering, true) => "malformed:after=40",
            ("malformed", VoiceStage.Speaking, false) => FaultyLine.Other,
            ("malformed", _, _) => "malformed",
            ("slow drip", VoiceStage.Answering, true) => FaultyLine.SlowTokens,
            // An eighth of what is heard.
            ("slow drip", VoiceStage.Speaking, true) => "bandwidth:bytes=6000",
            ("slow drip", _, _) => "slice:bytes=1;ms=200",
            _ => what,
        };
}
