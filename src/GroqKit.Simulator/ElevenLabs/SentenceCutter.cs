namespace GroqKit.Simulator.ElevenLabs;

/// <summary>Cuts a text behind its sentences; the pieces joined give the text back.</summary>
internal static class SentenceCutter
{
    public static IEnumerable<string> Cut(string text)
    {
        int from = 0;
        for (int i = 0; i < text.Length; i++)
        {
            bool ends = text[i] is '.' or '!' or '?' && i + 1 < text.Length && char.IsWhiteSpace(text[i + 1]);
            if (!ends)
                continue;
            yield return text[from..(i + 2)];
            from = i + 2;
        }

        if (from < text.Length)
            yield return text[from..];
    }
}
