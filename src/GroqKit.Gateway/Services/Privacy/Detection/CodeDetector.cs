namespace GroqKit.Gateway.Services.Privacy.Detection;

/// <summary>
/// Codes of letters and digits that carry their own proof: IBANs, and the personal ids of Britain, Italy and Spain.
/// </summary>
internal sealed class CodeDetector : IPersonalDataDetector
{
    private const int MaxIban = 34;
    private const int MaxWord = MaxIban;

    // Country and length, by the SWIFT registry.
    private static readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> IbanLengths =
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SD18 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20"
            .Split(' ')
            .ToDictionary(entry => entry[..2], entry => int.Parse(entry[2..]), StringComparer.OrdinalIgnoreCase)
            .GetAlternateLookup<ReadOnlySpan<char>>();

    public void Detect(ReadOnlySpan<char> text, List<Finding> findings)
    {
        int from = 0;
        while (from < text.Length && text[from..].IndexOfAnyInRange('0', '9') is var found and >= 0)
        {
            int digit = from + found;
            int start = digit;
            int least = Math.Max(from, digit - MaxWord);
            while (start > least && char.IsAsciiLetterOrDigit(text[start - 1]))
                start--;
            int end = digit;
            while (end < text.Length && char.IsAsciiLetterOrDigit(text[end]))
                end++;
            bool begins = start == 0 || !(char.IsLetterOrDigit(text[start - 1]) || text[start - 1] == '_');
            // British numbers are often written with a blank behind their two letters.
            if (begins && start == digit && HasLettersBefore(text[..start]))
                start -= 3;
            (int length, PersonalDataKind kind) = begins ? Match(text[start..], digit - start, end - start) : default;
            if (length > 0)
                findings.Add(new Finding(start, length, kind));
            from = Math.Max(end, start + length);
        }
    }

    /// <param name="text">From the beginning of a word.</param>
    /// <param name="letters">How many letters it begins with.</param>
    /// <param name="word">Its length.</param>
    private static (int Length, PersonalDataKind Kind) Match(ReadOnlySpan<char> text, int letters, int word)
    {
        if (letters == 2 && IbanLength(text) is var iban and > 0)
            return (iban, PersonalDataKind.Iban);
        int length = letters switch
        {
            0 => SpanishLength(text),
            1 => ForeignerLength(text),
            2 or 3 => BritishLength(text),
            6 => ItalianLength(text, word),
            _ => 0,
        };
        return (length, PersonalDataKind.NationalId);
    }

    private static bool HasLettersBefore(ReadOnlySpan<char> before) =>
        before is [.., var first, var second, ' ']
        && char.IsAsciiLetterUpper(first)
        && char.IsAsciiLetterUpper(second)
        && (before.Length == 3 || !char.IsLetterOrDigit(before[^4]));

    private static int IbanLength(ReadOnlySpan<char> text)
    {
        if (text.Length < 4 || !char.IsAsciiDigit(text[3]) || !IbanLengths.TryGetValue(text[..2], out int wanted))
            return 0;
        Span<char> code = stackalloc char[MaxIban];
        return Collect(text, code[..wanted]) is var length and > 0 && Checksums.Iban(code[..wanted]) ? length : 0;
    }

    /// <summary>NINO: two letters, six digits, a letter.</summary>
    private static int BritishLength(ReadOnlySpan<char> text)
    {
        Span<char> code = stackalloc char[9];
        int length = Collect(text, code);
        return
            length > 0
            && !"DFIQUV".Contains(code[0])
            && !"DFIQUVO".Contains(code[1])
            && code[..2] is not ("BG" or "GB" or "NK" or "KN" or "TN" or "NT" or "ZZ")
            && AreDigits(code[2..8])
            && code[8] is >= 'A' and <= 'D'
            ? length
            : 0;
    }

    /// <summary>DNI: eight digits, and a letter that follows from them.</summary>
    private static int SpanishLength(ReadOnlySpan<char> text)
    {
        Span<char> code = stackalloc char[9];
        int length = Collect(text, code);
        return length > 0 && AreDigits(code[..8]) && code[8] == SpanishLetter(code[..8]) ? length : 0;
    }

    /// <summary>NIE: X, Y or Z in place of the first digit.</summary>
    private static int ForeignerLength(ReadOnlySpan<char> text)
    {
        Span<char> code = stackalloc char[9];
        int length = Collect(text, code);
        if (length == 0 || code[0] is not (>= 'X' and <= 'Z') || !AreDigits(code[1..8]))
            return 0;
        code[0] = (char)('0' + code[0] - 'X');
        return code[8] == SpanishLetter(code[..8]) ? length : 0;
    }

    private static char SpanishLetter(ReadOnlySpan<char> digits) => "TRWAGMYFPDXBNJZSQVHLCKE"[int.Parse(digits) % 23];

    /// <summary>Codice fiscale.</summary>
    private static int ItalianLength(ReadOnlySpan<char> text, int word)
    {
        const string Odd = "BAKPLCQDREVOSFTGUHMINJWZYX";
        Span<char> code = stackalloc char[16];
        if (word != code.Length || Collect(text, code) == 0 || !char.IsAsciiLetter(code[15]))
            return 0;
        int sum = 0;
        for (int i = 0; i < 15; i++)
        {
            bool isDigit = i is 6 or 7 or 9 or 10 or 12 or 13 or 14;
            if (char.IsAsciiDigit(code[i]) != isDigit)
                return 0;
            int value = isDigit ? code[i] - '0' : code[i] - 'A';
            sum += i % 2 == 0 ? Odd.IndexOf((char)('A' + value)) : value;
        }
        return sum % 26 == code[15] - 'A' ? word : 0;
    }

    /// <summary>Reads a code in upper case, with single blanks, dots or dashes in it left out.</summary>
    /// <returns>How much of the text it takes; 0 when the text goes on, or isn't one.</returns>
    private static int Collect(ReadOnlySpan<char> text, Span<char> code)
    {
        int taken = 0;
        int at = 0;
        while (at < text.Length && taken < code.Length)
        {
            char c = text[at];
            if (char.IsAsciiLetterOrDigit(c))
                code[taken++] = char.ToUpperInvariant(c);
            else if (
                taken == 0
                || c is not (' ' or '.' or '-' or '\u00A0' or '\u202F')
                || !char.IsAsciiLetterOrDigit(text[at - 1])
            )
                return 0;
            at++;
        }
        bool goesOn = at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '_');
        return taken == code.Length && !goesOn ? at : 0;
    }

    private static bool AreDigits(ReadOnlySpan<char> code) => !code.ContainsAnyExceptInRange('0', '9');
}
