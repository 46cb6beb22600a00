using System.Runtime.InteropServices;

namespace GroqKit.Files;

/// <summary>How far a download is.</summary>
/// <param name="BytesReceived">Bytes written so far.</param>
/// <param name="TotalBytes">All bytes; null when the server did not tell.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct DownloadProgress(long BytesReceived, long? TotalBytes)
{
    /// <summary>From 0 to 1; null when the size is not known.</summary>
    public double? Fraction => TotalBytes is { } total ? (total == 0 ? 1 : (double)BytesReceived / total) : null;
}
