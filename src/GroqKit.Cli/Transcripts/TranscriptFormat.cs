using GroqKit.Audio;

namespace GroqKit.Cli.Transcripts;

/// <summary>A form of transcripts.</summary>
/// <param name="Name">The word on the command line, and the extension of files.</param>
/// <param name="NeedsTimes">Whether it shows when what was said.</param>
/// <param name="Write">The text of the file, its last line ended.</param>
internal sealed record TranscriptFormat(string Name, bool NeedsTimes, Func<Transcription, string> Write)
{
    public static IReadOnlyList<TranscriptFormat> All { get; } =
    [
        new("txt", false, static heard => heard.Text.Trim() + "\n"),
        new("json", true, static heard => heard.ToJson() + "\n"),
        new("srt", true, static heard => heard.ToSrt()),
        new("vtt", true, static heard => heard.ToVtt()),
    ];

    public static TranscriptFormat? Find(string name) =>
        All.FirstOrDefault(format => format.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
