namespace GroqKit.Providers.ElevenLabs;

/// <summary>Puts pieces of text that are cut anywhere together to whole words, since the socket speaks what is split as two.</summary>
internal sealed class WordCutter
{
    private string _open = "";

    /// <summary>The whole words so far, with the blank after the last; empty while the word goes on.</summary>
    public string Add(string piece)
    {
        string text = _open + piece;
        int end = text.AsSpan().LastIndexOfAny(" \t\r\n");
        _open = text[(end + 1)..];
        return text[..(end + 1)];
    }

    /// <summary>What is left at the end.</summary>
    public string Rest() => _open;
}
