using System.Runtime.InteropServices;

namespace GroqKit;

/// <summary>How far an upload is. An attempt that is repeated begins again at the start.</summary>
/// <param name="BytesSent">Bytes of the file handed to the connection.</param>
/// <param name="TotalBytes">All bytes of the file; null when its length isn't known.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct UploadProgress(long BytesSent, long? TotalBytes)
{
    /// <summary>From 0 to 1; null when the length isn't known.</summary>
    public double? Fraction => TotalBytes is { } total ? (total == 0 ? 1 : (double)BytesSent / total) : null;
}
