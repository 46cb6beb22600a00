namespace GroqKit.Gateway.Infrastructure.Usage;

/// <summary>Where and how large the journal is.</summary>
/// <param name="Directory">Its folder; every process takes a folder of its own below.</param>
/// <param name="SegmentBytes">Size of a file.</param>
/// <param name="MaxBytes">What all files together may take, at least three segments.</param>
internal sealed record JournalOptions(string Directory, int SegmentBytes, long MaxBytes)
{
    public const int DefaultSegmentBytes = 4 * 1024 * 1024;
}
