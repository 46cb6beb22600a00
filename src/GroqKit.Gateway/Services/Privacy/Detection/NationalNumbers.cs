using System.Buffers;

namespace GroqKit.Gateway.Services.Privacy.Detection;

/// <summary>
/// Numbers by which states know people. Those without a check digit, or that look like many others, count only in their usual shape or
/// behind their name.
/// </summary>
internal static class NationalNumbers
{
    private const int Longest = 15;
    private const int Shortest = 9;

    // How many digits stand together, in the ways that people write each.
    private static readonly int[][] French =
    [
        [15],
        [13, 2],
        [1, 2, 2, 2, 3, 3, 2],
    ];
    private static readonly int[][] German =
    [
        [11],
        [2, 3, 3, 3],
    ];
    private static readonly int[][] Swiss =
    [
        [13],
        [3, 4, 4, 2],
    ];
    private static readonly int[][] BrazilianShapes =
    [
        [11],
        [3, 3, 3, 2],
    ];

    private static readonly SearchValues<string> American = Words("ssn", "social security", "itin", "seguro social");
    private static readonly SearchValues<string> Dutch = Words("bsn", "burgerservice", "sofinummer");
    private static readonly SearchValues<string> Brazilian = Words("cpf");

    /// <summary>The last group of a personal id that begins with a group; -1 where none does.</summary>
    public static int LastOf(in NumberRun run, int first)
    {
        if (run.Digits(first, run.Count - 1) < Shortest)
            return -1;
        int last =
            IsAmerican(in run, first) ? first + (run.Length(first) == 9 ? 0 : 2)
            : IsFrench(in run, first, out int french) ? french
            : IsGerman(in run, first, out int german) ? german
            : IsSwiss(in run, first, out int swiss) ? swiss
            : IsBrazilian(in run, first, out int brazilian) ? brazilian
            : IsPolish(in run, first) || IsDutch(in run, first) ? first
            : -1;
        return last >= 0 && run.IsFree(first, last) && !run.IsInLink(first) ? last : -1;
    }

    private static bool IsAmerican(in NumberRun run, int first)
    {
        Span<char> digits = stackalloc char[9];
        bool usual = run.Has(first, 3, 2, 4) && run.IsEven(first, first + 2) && run.Gap(first) is "-";
        bool named = !usual && (run.Has(first, 3, 2, 4) || run.Length(first) == 9) && run.Follows(first, American);
        if (!usual && !named)
            return false;
        _ = run.Copy(first, run.Length(first) == 9 ? first : first + 2, digits);
        int area = int.Parse(digits[..3]);
        return area is not (0 or 666) && digits[3..5] is not "00" && digits[5..] is not "0000";
    }

    private static bool IsFrench(in NumberRun run, int first, out int last)
    {
        Span<char> digits = stackalloc char[Longest];
        return TryRead(in run, first, digits, out last, French)
            && digits[0] is '1' or '2'
            && int.Parse(digits[3..5]) is (>= 1 and <= 12) or (>= 20 and <= 42)
            && Checksums.Complement97(digits);
    }

    private static bool IsGerman(in NumberRun run, int first, out int last)
    {
        Span<char> digits = stackalloc char[11];
        return TryRead(in run, first, digits, out last, German)
            && digits[0] != '0'
            && HasOneRepeated(digits[..10])
            && Checksums.Mod11By10(digits);
    }

    // Of the first ten digits one stands there two or three times, the others once at most.
    private static bool HasOneRepeated(ReadOnlySpan<char> digits)
    {
        int repeated = 0;
        for (char digit = '0'; digit <= '9'; digit++)
        {
            int times = digits.Count(digit);
            if (times > 3)
                return false;
            repeated += times > 1 ? 1 : 0;
        }
        return repeated == 1;
    }

    private static bool IsSwiss(in NumberRun run, int first, out int last)
    {
        Span<char> digits = stackalloc char[13];
        return TryRead(in run, first, digits, out last, Swiss) && digits.StartsWith("756") && Checksums.Ean13(digits);
    }

    private static bool IsBrazilian(in NumberRun run, int first, out int last)
    {
        Span<char> digits = stackalloc char[11];
        return TryRead(in run, first, digits, out last, BrazilianShapes)
            && (last > first || run.Follows(first, Brazilian))
            && Checksums.Cpf(digits);
    }

    private static bool IsPolish(in NumberRun run, int first)
    {
        ReadOnlySpan<char> digits = run.Digits(first);
        return digits.Length == 11
            && int.Parse(digits[2..4]) % 20 is >= 1 and <= 12
            && int.Parse(digits[4..6]) is >= 1 and <= 31
            && Checksums.Pesel(digits);
    }

    private static bool IsDutch(in NumberRun run, int first) =>
        run.Length(first) == 9 && run.Follows(first, Dutch) && Checksums.Bsn(run.Digits(first));

    /// <summary>The digits of the first shape that the groups have.</summary>
    private static bool TryRead(in NumberRun run, int first, Span<char> digits, out int last, int[][] shapes)
    {
        foreach (int[] shape in shapes)
        {
            last = first + shape.Length - 1;
            if (run.Has(first, shape) && run.Copy(first, last, digits) == digits.Length)
                return true;
        }
        last = -1;
        return false;
    }

    private static SearchValues<string> Words(params string[] words) =>
        SearchValues.Create(words, StringComparison.OrdinalIgnoreCase);
}
