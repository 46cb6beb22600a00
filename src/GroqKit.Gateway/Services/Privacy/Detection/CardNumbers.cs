namespace GroqKit.Gateway.Services.Privacy.Detection;

/// <summary>Numbers of payment cards: a known beginning, a known shape and a right check digit.</summary>
internal static class CardNumbers
{
    private const int Shortest = 13;
    private const int Longest = 19;

    /// <summary>The last group of a card's number that begins with a group; -1 where none does.</summary>
    public static int LastOf(in NumberRun run, int first)
    {
        int last =
            run.Length(first) is >= Shortest and <= Longest ? first
            : run.Has(first, 4, 4, 4, 4, 3) ? first + 4
            : run.Has(first, 4, 4, 4, 4) ? first + 3
            : run.Has(first, 4, 6, 5) || run.Has(first, 4, 6, 4) ? first + 2
            : -1;
        if (last < 0 || !run.IsFree(first, last) || !run.IsEven(first, last))
            return -1;
        Span<char> digits = stackalloc char[Longest];
        int length = run.Copy(first, last, digits);
        return length > 0 && IsIssued(digits[..length]) && Checksums.Luhn(digits[..length]) ? last : -1;
    }

    // The beginnings that the large networks hand out.
    private static bool IsIssued(ReadOnlySpan<char> digits)
    {
        int four = int.Parse(digits[..4]);
        return four / 1000 == 4
            || four is >= 5000 and <= 5999
            || four is >= 2221 and <= 2720
            || four / 100 is 34 or 37 or 36 or 38 or 39
            || four / 100 is >= 60 and <= 69
            || four is >= 3000 and <= 3059
            || four is >= 3528 and <= 3589;
    }
}
