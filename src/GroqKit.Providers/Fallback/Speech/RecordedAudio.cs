namespace GroqKit.Providers.Fallback.Speech;

/// <summary>A recording that several providers may have to be given, also at once: each reads its own view of the same bytes.</summary>
internal sealed class RecordedAudio
{
    private readonly ReadOnlyMemory<byte> _bytes;

    private RecordedAudio(ReadOnlyMemory<byte> bytes) => _bytes = bytes;

    /// <summary>Reads a recording into memory, from its position to its end.</summary>
    /// <exception cref="ArgumentException">It is larger than an array can be.</exception>
    public static async Task<RecordedAudio> ReadAsync(Stream audio, CancellationToken cancellationToken)
    {
        if (audio.CanSeek && audio.Length - audio.Position > Array.MaxLength)
            throw new ArgumentException("The recording is too large to be kept for a second provider.", nameof(audio));
        var memory = new MemoryStream(audio.CanSeek ? (int)(audio.Length - audio.Position) : 0);
        await audio.CopyToAsync(memory, cancellationToken).ConfigureAwait(false);
        return new RecordedAudio(memory.GetBuffer().AsMemory(0, (int)memory.Length));
    }

    public Stream Open()
    {
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(_bytes, out ArraySegment<byte> bytes);
        return new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false);
    }
}
