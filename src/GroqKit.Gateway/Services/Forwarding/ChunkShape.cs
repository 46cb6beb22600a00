using System.Buffers;

namespace GroqKit.Gateway.Services.Forwarding;

/// <summary>
/// The shape of the chunks that a stream mostly consists of: one that was read and found sound, less its words. Chunks of the same shape with other
/// plain words are as sound and tell nothing else, so that they need not be read. Used by one thread at a time.
/// </summary>
internal sealed class ChunkShape
{
    // What ends a JSON string, or would have to be read to know what it stands for.
    private static readonly SearchValues<byte> NotPlain = SearchValues.Create([
        (byte)'"',
        (byte)'\\',
        .. Enumerable.Range(0, ' ').Select(control => (byte)control),
    ]);

    private byte[] _chunk = [];
    private int _length;
    private int _words;
    private int _wordsEnd;

    /// <summary>Whether a chunk has that shape, and words.</summary>
    public bool Fits(ReadOnlySpan<byte> chunk)
    {
        if (_length == 0 || !chunk.StartsWith(_chunk.AsSpan(0, _words)))
            return false;
        ReadOnlySpan<byte> rest = chunk[_words..];
        int end = rest.IndexOfAny(NotPlain);
        return end > 0 && rest[end..].SequenceEqual(_chunk.AsSpan(_wordsEnd, _length - _wordsEnd));
    }

    /// <summary>Takes the shape of a chunk that brings words and nothing that the account has to know of.</summary>
    public void Learn(ReadOnlySpan<byte> chunk)
    {
        // A quote inside a string is escaped: these are names, and a string follows.
        if (!TryFind(chunk, "\"content\":\""u8) && !TryFind(chunk, "\"reasoning\":\""u8))
            return;
        if (_chunk.Length < chunk.Length)
            _chunk = new byte[chunk.Length];
        chunk.CopyTo(_chunk);
        _length = chunk.Length;
    }

    private bool TryFind(ReadOnlySpan<byte> chunk, ReadOnlySpan<byte> name)
    {
        int at = chunk.IndexOf(name);
        if (at < 0)
            return false;
        at += name.Length;
        int end = chunk[at..].IndexOfAny(NotPlain);
        if (end <= 0 || chunk[at + end] != '"')
            return false;
        _words = at;
        _wordsEnd = at + end;
        return true;
    }
}
