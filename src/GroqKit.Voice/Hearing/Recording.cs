namespace GroqKit.Voice.Hearing;

/// <summary>What a caller said, ready to be sent: as small as it can be made without losing a word.</summary>
/// <param name="Content">A file.</param>
/// <param name="Duration">How long all of it was; null for files that nobody looked into.</param>
/// <param name="Kept">How much of that is in <paramref name="Content"/>.</param>
/// <param name="HasSpeech">False when there is nothing but silence.</param>
internal sealed record Recording(ReadOnlyMemory<byte> Content, TimeSpan? Duration, TimeSpan? Kept, bool HasSpeech)
{
    /// <summary>The file from its beginning, for one reader.</summary>
    public Stream Open() =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(Content, out ArraySegment<byte> part)
            ? new MemoryStream(part.Array!, part.Offset, part.Count, writable: false)
            : new MemoryStream(Content.ToArray(), writable: false);
}
