using System.Buffers;

namespace GroqKit.Gateway.Services.Privacy.Detection;

/// <summary>
/// Telephone numbers: international ones by their plus, national ones by the shapes that people write them in, and others by a word
/// before them that says so. Numbers of orders, sums and dates look alike; words before them speak against.
/// </summary>
internal static class PhoneNumbers
{
    private const int Longest = 15;
    private const int ShortestInternational = 8;
    private const int ShortestNational = 9;
    private const int ShortestNamed = 6;
    private const int LongestNational = 12;
    private const int MostGroups = 7;
    private const int NearWord = 28;

    private static readonly SearchValues<string> Named = SearchValues.Create(
        [
            "phone",
            "tel.",
            "tel:",
            "telef",
            "téléph",
            "teléf",
            "mobil",
            "móvil",
            "cell",
            "handy",
            "fax",
            "whatsapp",
            "sms",
            "call ",
            "call:",
            "calling",
            "ruf ",
            "rufen",
            "rufnummer",
            "anruf",
            "erreich",
            "durchwahl",
            "portable",
            "appel",
            "joindre",
            "joignable",
            "llam",
            "marca ",
            "chiam",
            "text me",
            "ring me",
            "numero di casa",
            "dial",
        ],
        StringComparison.OrdinalIgnoreCase
    );

    private static readonly SearchValues<string> Others = SearchValues.Create(
        [
            "order",
            "invoice",
            "ticket",
            "isbn",
            "tracking",
            "serial",
            "article",
            "item",
            "part no",
            "batch",
            "account no",
            "reference",
            "ref.",
            "version",
            "case ",
            "bestell",
            "rechnung",
            "artikel",
            "sendung",
            "serien",
            "kunden",
            "vorgang",
            "aktenzeichen",
            "commande",
            "facture",
            "colis",
            "référence",
            "dossier",
            "série",
            "pedido",
            "factura",
            "envío",
            "referencia",
            "serie",
            "artículo",
            "ordine",
            "fattura",
            "spedizione",
            "riferimento",
            "articolo",
            "pratica",
            "numero di serie",
        ],
        StringComparison.OrdinalIgnoreCase
    );

    private static readonly SearchValues<char> Money = SearchValues.Create("€$£¥%°");

    /// <summary>The last group of a telephone number that begins with a group; -1 where none does.</summary>
    /// <param name="run">The groups.</param>
    /// <param name="first">Where the number would begin.</param>
    /// <param name="goesOn">Whether the group may well belong to those before it.</param>
    public static int LastOf(in NumberRun run, int first, bool goesOn)
    {
        int last =
            run.Before(first) is [.., '+'] ? International(in run, first)
            : goesOn ? -1
            : National(in run, first);
        return last >= 0 && run.IsFree(first, last) ? last : -1;
    }

    private static int International(in NumberRun run, int first)
    {
        ReadOnlySpan<char> country = run.Digits(first);
        // No country's code begins with 0, and in North America neither does an area's.
        if (country[0] == '0')
            return -1;
        int last = Reach(in run, first, Longest, out int digits);
        bool isNorthAmerica = country[0] == '1';
        if (isNorthAmerica && digits != 11)
            return -1;
        return digits >= ShortestInternational ? last : -1;
    }

    private static int National(in NumberRun run, int first)
    {
        ReadOnlySpan<char> before = run.Before(first);
        if (IsPartOfWord(before) || run.IsInLink(first) || IsSum(in run, first))
            return -1;
        int word = LastIndex(before, Named);
        int other = LastIndex(before, Others);
        if (other > word && before.Length - other <= NearWord)
            return -1;
        int last = Shaped(in run, first);
        if (last >= 0)
            return last;
        if (word < 0)
            return -1;
        last = Reach(in run, first, Longest, out int digits);
        return digits >= ShortestNamed && !IsDate(in run, first) ? last : -1;
    }

    private static int Shaped(in NumberRun run, int first)
    {
        ReadOnlySpan<char> head = run.Digits(first);
        if (head[0] == '0')
            return WithTrunk(in run, first, head);
        // Three, three and four: North America, and Italian mobiles.
        if (run.Has(first, 3, 3, 4) && IsArea(head) && IsArea(run.Digits(first + 1)))
            return first + 2;
        if (head is "1" && run.Has(first, 1, 3, 3, 4) && IsArea(run.Digits(first + 1)))
            return first + 3;
        if (head[0] == '3' && run.Has(first, 3, 7))
            return first + 1;
        // Spain: blanks between groups of three are a large number just as well.
        bool isSpain = head[0] is >= '6' and <= '9';
        if (isSpain && run.Has(first, 3, 2, 2, 2) && run.IsEven(first, first + 3))
            return first + 3;
        return isSpain && run.Has(first, 3, 3, 3) && run.IsEven(first, first + 2) && run.Gap(first) is "-"
            ? first + 2
            : -1;
    }

    private static int WithTrunk(in NumberRun run, int first, ReadOnlySpan<char> head)
    {
        if (head.StartsWith("00"))
        {
            int far = Reach(in run, first, Longest + 2, out int all);
            return all >= ShortestInternational + 2 && (head.Length > 2 || far > first) && !IsDate(in run, first)
                ? far
                : -1;
        }
        if (head.Length == 1 || IsDate(in run, first))
            return -1;
        if (head.Length >= 10)
        {
            bool isMobile =
                head.StartsWith("06")
                || head.StartsWith("07")
                || head.StartsWith("015")
                || head.StartsWith("016")
                || head.StartsWith("017");
            return isMobile && head.Length <= LongestNational ? first : -1;
        }
        int last = Reach(in run, first, LongestNational, out int digits);
        return last > first && digits >= ShortestNational && (last < first + 2 || AreAlike(in run, first + 1, last))
            ? last
            : -1;
    }

    // How far a number may go: within its digits, and by groups that are no year behind it.
    private static int Reach(in NumberRun run, int first, int most, out int digits)
    {
        int last = first;
        digits = run.Length(first);
        while (
            last + 1 < run.Count
            && last + 1 - first < MostGroups
            && digits + run.Length(last + 1) <= most
            && run.Gap(last) is not (". " or " . " or " - " or " – ")
        )
            digits += run.Length(++last);
        return digits <= most ? last : -1;
    }

    private static bool AreAlike(in NumberRun run, int first, int last)
    {
        for (int i = first; i < last; i++)
        {
            if (!run.Gap(i).SequenceEqual(run.Gap(first)))
                return false;
        }
        return true;
    }

    private static bool IsArea(ReadOnlySpan<char> digits) => digits[0] is >= '2' and <= '9';

    private static bool IsDate(in NumberRun run, int first)
    {
        if (first + 2 >= run.Count || !run.IsEven(first, first + 2) || run.Gap(first) is not ("." or "-" or "/"))
            return false;
        (int a, int b, int c) = (run.Length(first), run.Length(first + 1), run.Length(first + 2));
        bool ends = first + 3 == run.Count || !run.Gap(first + 2).SequenceEqual(run.Gap(first));
        return ends && b <= 2 && ((a <= 2 && c is 2 or 4) || (a == 4 && c <= 2));
    }

    private static bool IsSum(in NumberRun run, int first)
    {
        ReadOnlySpan<char> before = run.Before(first).TrimEnd(' ');
        ReadOnlySpan<char> after = run.After(run.Count - 1).TrimStart(" \u00A0\u202F");
        return (before.Length > 0 && Money.Contains(before[^1])) || (after.Length > 0 && Money.Contains(after[0]));
    }

    private static bool IsPartOfWord(ReadOnlySpan<char> before) =>
        before is [.., '#']
        || (
            before is [.., var neighbour, '-' or '/' or '_' or '.' or ':']
            && char.IsLetterOrDigit(neighbour)
            && before[^1] != ':'
        );

    private static int LastIndex(ReadOnlySpan<char> text, SearchValues<string> words)
    {
        int last = -1;
        int from = 0;
        while (from < text.Length && text[from..].IndexOfAny(words) is var found and >= 0)
        {
            last = from + found;
            from = last + 1;
        }
        return last;
    }
}
