using System.Text;
using GroqKit.Providers.Speech;

namespace GroqKit.Providers.ElevenLabs;

/// <summary>Makes phrases of words, which are all that the vendor tells: a phrase ends with its sentence, or where the speaker pauses.</summary>
internal static class PhraseCutter
{
    private const double Pause = 1.0;

    public static IReadOnlyList<TranscriptPhrase> Cut(IReadOnlyList<HeardWord> words)
    {
        var phrases = new List<TranscriptPhrase>();
        var text = new StringBuilder();
        HeardWord? first = null;
        HeardWord? last = null;
        foreach (HeardWord word in words)
        {
            bool isSpoken = word.Type is not "spacing";
            if (isSpoken && last is not null && (EndsSentence(last) || word.Start - last.End >= Pause))
                Close();
            text.Append(word.Text);
            if (isSpoken)
            {
                first ??= word;
                last = word;
            }
        }
        Close();
        return phrases;

        void Close()
        {
            if (text.Length > 0)
                phrases.Add(
                    new TranscriptPhrase(
                        text.ToString(),
                        Transcript.Seconds(first?.Start),
                        Transcript.Seconds(last?.End)
                    )
                );
            text.Clear();
            first = last = null;
        }
    }

    private static bool EndsSentence(HeardWord word) =>
        word.Text is { Length: > 0 } text && text[^1] is '.' or '!' or '?' or '。' or '！' or '？' or '؟' or '।';
}
