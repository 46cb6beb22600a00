using System.Text;

namespace GroqKit.Gateway.Infrastructure.Usage;

/// <summary>
/// Texts that are the same in most records, such as models and keys: each is decoded once, and being one object makes it quick to
/// compare. A small table in which a text replaces another of the same place. Not thread-safe.
/// </summary>
internal sealed class RepeatedTexts
{
    private const int Places = 256;

    private readonly (byte[] Utf8, string Text)[] _known = new (byte[], string)[Places];

    public string Get(ReadOnlySpan<byte> utf8)
    {
        var hash = new HashCode();
        hash.AddBytes(utf8);
        ref (byte[] Utf8, string Text) known = ref _known[(uint)hash.ToHashCode() % Places];
        if (known.Text is null || !utf8.SequenceEqual(known.Utf8))
            known = (utf8.ToArray(), Encoding.UTF8.GetString(utf8));
        return known.Text;
    }
}
