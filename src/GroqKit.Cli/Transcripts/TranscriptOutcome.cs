using GroqKit.Audio;
using GroqKit.Cli.Display;

namespace GroqKit.Cli.Transcripts;

/// <summary>What became of a recording.</summary>
/// <param name="Recording">As it was given or found.</param>
/// <param name="Status"><c>transcribed</c>, <c>translated</c>, <c>skipped</c> or <c>failed</c>.</param>
/// <param name="Outputs">The files that hold it; empty when it failed.</param>
/// <param name="Seconds">How long the recording is, where the answer said so.</param>
/// <param name="Error">Why it failed.</param>
internal sealed record TranscriptOutcome(
    string Recording,
    string Status,
    IReadOnlyList<string> Outputs,
    double? Seconds = null,
    string? Error = null
)
{
    private const string SkippedStatus = "skipped";

    public bool IsFailure => Error is not null;

    public bool IsSkipped => Status == SkippedStatus;

    public static TranscriptOutcome Done(TranscriptWork work, string done, Transcription heard) =>
        new(work.Recording.Source, done, Files(work), heard.Duration);

    public static TranscriptOutcome Skipped(TranscriptWork work) =>
        new(work.Recording.Source, SkippedStatus, Files(work));

    public static TranscriptOutcome Failed(TranscriptWork work, string error) =>
        new(work.Recording.Source, "failed", [], Error: error);

    /// <summary>One line of JSON.</summary>
    public string ToJson() =>
        JsonText.Write(json =>
        {
            json.WriteString("recording", Recording);
            json.WriteString("status", Status);
            json.WriteStartArray("outputs");
            foreach (string output in Outputs)
                json.WriteStringValue(output);
            json.WriteEndArray();
            if (Seconds is { } seconds)
                json.WriteNumber("seconds", seconds);
            if (Error is not null)
                json.WriteString("error", Error);
        });

    private static string[] Files(TranscriptWork work) =>
        [.. work.Entry.Outputs.Select(output => Path.Combine(work.Folder, output))];
}
