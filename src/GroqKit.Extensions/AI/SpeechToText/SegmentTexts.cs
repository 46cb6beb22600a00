using GroqKit.Audio;

namespace GroqKit.Extensions.AI.SpeechToText;

/// <summary>
/// Cuts a text at its phrases. The phrases' own texts cannot simply be joined: whether there is a space between two depends on the language.
/// </summary>
internal static class SegmentTexts
{
    /// <returns>Pieces that together are the whole text, each with what it comes from; the text whole where its phrases are not found in it.</returns>
    public static IEnumerable<(string Text, object Source)> Cut(Transcription heard)
    {
        var pieces = new List<(string, object)>();
        int from = 0;
        foreach (TranscriptionSegment segment in heard.Segments ?? [])
        {
            string phrase = segment.Text.Trim();
            if (phrase.Length == 0)
                continue;
            int at = heard.Text.IndexOf(phrase, from, StringComparison.Ordinal);
            if (at < 0)
                return [(heard.Text, heard)];
            int end = at + phrase.Length;
            pieces.Add((heard.Text[from..end], segment));
            from = end;
        }
        if (pieces.Count == 0)
            return heard.Text.Length > 0 ? [(heard.Text, heard)] : [];
        var (last, source) = pieces[^1];
        pieces[^1] = (last + heard.Text[from..], source);
        return pieces;
    }
}
