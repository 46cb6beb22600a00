using System.Runtime.CompilerServices;
using GroqKit.Providers;
using GroqKit.Voice.Tests.Sound;
using Microsoft.Extensions.AI;

namespace GroqKit.Voice.Tests.Turns;

/// <summary>Speaks words of very different lengths, with pauses between them, and tells when each is heard.</summary>
internal static class TimedVoice
{
    private const int Block = ActedVoice.Rate / 10;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(40);

    /// <summary>The words of a text as they are spoken.</summary>
    public static IReadOnlyList<SpokenWord> WordsOf(string text)
    {
        var words = new List<SpokenWord>();
        TimeSpan now = Pause;
        int place = 0;
        foreach (string word in text.Split(' '))
        {
            // Not by their letters, so that a guess by those goes wrong.
            TimeSpan length = TimeSpan.FromMilliseconds(80 + 130 * (word.Length * 7 % 5));
            words.Add(new SpokenWord(word, place, now, now + length));
            place += word.Length + 1;
            now += length + Pause;
        }
        return words;
    }

    /// <param name="text">The text.</param>
    /// <param name="until">After which word the line breaks; null: none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async IAsyncEnumerable<TextToSpeechResponseUpdate> SpeakAsync(
        string text,
        int? until = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        IReadOnlyList<SpokenWord> words = WordsOf(text);
        TimeSpan end = until is { } last ? words[last].End : words[^1].End + Pause;
        short[] sound = Tones.Sine(ActedVoice.Rate, 300, end.TotalSeconds);
        int told = 0;
        int given = 0;
        foreach (short[] block in sound.Chunk(Block))
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            TextToSpeechResponseUpdate update = ActedVoice.Update(block);
            given += block.Length;
            // Some are told a little ahead, as providers do.
            SpokenWord[] next =
            [
                .. words
                    .Skip(told)
                    .TakeWhile(word => word.Start.TotalSeconds < (given + Block) / (double)ActedVoice.Rate),
            ];
            told += next.Length;
            if (next.Length > 0)
                update.AdditionalProperties![SpeechProperties.Words] = next;
            yield return update;
        }
        if (until is not null)
            throw new ProviderException(ProviderFailure.StreamCut, "The line went dead.");
    }
}
