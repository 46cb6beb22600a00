namespace GroqKit.Gateway.Tests.Faults;

/// <summary>The faults that meet single calls, each by a whole answer and by a stream, and by a stream that goes on where that is of use.</summary>
internal static class FaultCells
{
    private const string Joint = "joint";
    private const string Second = "second";
    private const string CutTitle = "stream cut after 40 of 60 tokens";
    private const string Cut = "cut:after=40";
    private const string StallTitle = "stream stalls for 30 s";
    private const string Stall = "stall:after=40;ms=30000";
    private const string MalformedTitle = "malformed chunk";
    private const string Malformed = "malformed:after=40";
    private const string PrefixTitle = "stream cut, and the fallback refuses an assistant prefix";

    public static IReadOnlyList<FaultCell> All { get; } =
    [
        .. Both(1, "429 once, with retry-after", "429:retry-after=1", Second, times: 1),
        .. Both(2, "429 for ever", "429:retry-after=60", Second),
        .. Both(3, "500 once", "500", Second, times: 1),
        .. Both(4, "503 for ever", "503", Second),
        .. Both(5, "connection reset before headers", "reset", Second),
        .. Both(6, "no answer at all", "hang", Second),
        .. Both(7, "first token after 20 s", "slow-first-token:ms=20000", Second),
        new(8, CutTitle, Cut, Second, Streamed: false),
        new(8, CutTitle, Cut, "upstream_cut", Streamed: true),
        new(8, CutTitle, Cut, Joint, Streamed: true) { OnBreak = "continue" },
        new(8, CutTitle, Cut, "restart", Streamed: true) { OnBreak = "restart" },
        new(8, CutTitle, Cut, Second, Streamed: true) { OnBreak = "hold" },
        new(9, StallTitle, Stall, Second, Streamed: false),
        new(9, StallTitle, Stall, "upstream_idle_timeout", Streamed: true),
        new(9, StallTitle, Stall, Joint, Streamed: true) { OnBreak = "continue" },
        new(10, MalformedTitle, Malformed, Second, Streamed: false),
        new(10, MalformedTitle, Malformed, "upstream_invalid_answer", Streamed: true),
        new(10, MalformedTitle, Malformed, Joint, Streamed: true) { OnBreak = "continue" },
        .. Both(11, "no [DONE]", "no-done", "first"),
        .. Both(12, "context length, 400", "context-length", "400"),
        .. Both(13, "content filter, 400", "content-filter", "400"),
        new(14, PrefixTitle, Cut, "400", Streamed: false) { Second = "400" },
        new(14, PrefixTitle, Cut, "upstream_cut", Streamed: true) { OnBreak = "continue", Second = "400" },
    ];

    private static FaultCell[] Both(int number, string title, string first, string expected, int? times = null) =>
        [
            new(number, title, first, expected, Streamed: false) { Times = times },
            new(number, title, first, expected, Streamed: true) { Times = times },
        ];
}
