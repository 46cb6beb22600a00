namespace GroqKit.Cli.Transcripts;

/// <summary>A recording that is done, as the journal of its folder keeps it.</summary>
/// <param name="Recording">Its path seen from the journal's folder, or its address.</param>
/// <param name="Size">Its bytes; -1 for an address.</param>
/// <param name="Modified">When it was changed last, in ticks; 0 for an address.</param>
/// <param name="Settings">The fingerprint of what was asked for.</param>
/// <param name="Outputs">The files that were written, seen from the journal's folder.</param>
/// <param name="Draft">Names the drafts of the outputs, which take their places after the journal knows of them.</param>
internal sealed record TranscriptEntry(
    string Recording,
    long Size,
    long Modified,
    string Settings,
    IReadOnlyList<string> Outputs,
    string Draft
)
{
    /// <summary>Whether the other is about the same recording, unchanged, and the same wish.</summary>
    public bool IsSameWork(TranscriptEntry other) =>
        (Recording, Size, Modified, Settings) == (other.Recording, other.Size, other.Modified, other.Settings)
        && Outputs.SequenceEqual(other.Outputs);
}
