namespace GroqKit.Cli.Transcripts;

/// <summary>A recording, the folder that its transcript goes to, and what the journal there will say.</summary>
internal sealed record TranscriptWork(Recording Recording, string Folder, TranscriptEntry Entry)
{
    /// <summary>Plans where the transcripts of recordings go.</summary>
    /// <param name="recordings">The recordings.</param>
    /// <param name="output">The folder that was asked for; null for beside the recordings.</param>
    /// <param name="task">The command.</param>
    /// <param name="settings">What is asked for.</param>
    public static IReadOnlyList<TranscriptWork> Plan(
        IReadOnlyList<Recording> recordings,
        string? output,
        string task,
        TranscriptSettings settings
    )
    {
        string fingerprint = settings.Fingerprint(task);
        string FolderOf(Recording recording) => output is null ? recording.Folder : Path.GetFullPath(output);
        // Where talk.mp3 and talk.wav would both become talk.txt, their whole names stay.
        ILookup<string, Recording> stems = recordings.ToLookup(
            recording => Path.Combine(FolderOf(recording), Path.ChangeExtension(recording.Relative, null)),
            StringComparer.OrdinalIgnoreCase
        );
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. recordings.Select(Plan)];

        TranscriptWork Plan(Recording recording)
        {
            string folder = FolderOf(recording);
            string stem = Path.ChangeExtension(recording.Relative, null);
            string name = stems[Path.Combine(folder, stem)].Skip(1).Any() ? recording.Relative : stem;
            string free = name;
            for (int number = 2; !names.Add(Path.Combine(folder, free)); number++)
                free = $"{name}-{number}";
            var file = recording.IsUrl ? null : new FileInfo(recording.Source);
            var entry = new TranscriptEntry(
                file is null ? recording.Source : Path.GetRelativePath(folder, file.FullName),
                file?.Length ?? -1,
                file?.LastWriteTimeUtc.Ticks ?? 0,
                fingerprint,
                [.. settings.Formats.Select(format => $"{free}.{format.Name}")],
                Guid.NewGuid().ToString("N")
            );
            return new TranscriptWork(recording, folder, entry);
        }
    }
}
