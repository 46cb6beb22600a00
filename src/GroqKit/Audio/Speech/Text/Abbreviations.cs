using System.Collections.Frozen;

namespace GroqKit.Audio;

/// <summary>Words whose point does not end a sentence, or only sometimes. Without the last point, in lower case.</summary>
internal static class Abbreviations
{
    // A name or a number always follows these.
    private static readonly FrozenSet<string> BeforeNames = FrozenSet.ToFrozenSet([
        .. "mr mrs ms mx messrs dr prof st mt ft gen col maj capt cpt lt sgt cmdr adm rev fr hon gov sen rep pres supt".Split(),
        .. "hr frl herr dipl ing mag sr sra srta d dña mme mlle mm me mgr dott sig avv ir drs vs v viz cf esp".Split(),
        .. "ca bzw usw z approx incl excl est dept univ assn bros tel ext resp evtl ggf inkl zzgl vgl".Split(),
    ]);

    // An end of a sentence unless a figure follows: "No. 5", but "No. Never."
    private static readonly FrozenSet<string> BeforeNumbers = FrozenSet.ToFrozenSet(
        "no nos nr nro nº n fig figs eq p pp pg vol vols ch sec art abs ziff bd s par para lit op ver rev".Split()
    );

    // An end of a sentence when a capital letter follows: "by 5 p.m. Then".
    private static readonly FrozenSet<string> MayEnd = FrozenSet.ToFrozenSet(["a.m", "p.m"]);

    // Ordinals stand before these in German and its neighbours: "am 3. Oktober".
    private static readonly string[] Months =
    [
        .. "Januar Jänner Februar März April Mai Juni Juli August September Oktober November Dezember".Split(),
        .. "Jahrhundert Jh. Klasse Stock Platz Kapitel".Split(),
    ];

    /// <summary>Whether the point behind a word belongs to the word, given what follows after a space.</summary>
    /// <param name="word">The word without the point.</param>
    /// <param name="startsLine">Whether nothing stands before the word in its line.</param>
    /// <param name="next">The text that follows, from its first character that is no space.</param>
    public static bool Keeps(ReadOnlySpan<char> word, bool startsLine, ReadOnlySpan<char> next)
    {
        if (word.Length is 0 or > 16)
            return false;
        bool figureFollows = next.Length > 0 && char.IsAsciiDigit(next[0]);
        if (IsNumber(word))
            return startsLine || (word.Length <= 2 && StartsWithMonth(next));
        string lower = word.ToString().ToLowerInvariant();
        if (word.Contains('.'))
            return IsDotted(word) && !MayEnd.Contains(lower);
        if (BeforeNumbers.Contains(lower) && figureFollows)
            return true;
        bool initial = word.Length == 1 && char.IsLetter(word[0]) && !WordSpacing.IsUnspaced(word[0]);
        return initial || BeforeNames.Contains(lower);
    }

    private static bool IsNumber(ReadOnlySpan<char> word) =>
        word.Length <= 3 && !word.ContainsAnyExceptInRange('0', '9');

    // U.S, e.g, Ph.D, z.B: never more than three letters between points.
    private static bool IsDotted(ReadOnlySpan<char> word)
    {
        int letters = 0;
        foreach (char letter in word)
        {
            if (letter == '.')
                letters = 0;
            else if (!char.IsLetter(letter) || ++letters > 3)
                return false;
        }
        return true;
    }

    private static bool StartsWithMonth(ReadOnlySpan<char> next)
    {
        foreach (string month in Months)
        {
            if (next.StartsWith(month, StringComparison.Ordinal))
                return true;
        }
        return false;
    }
}
