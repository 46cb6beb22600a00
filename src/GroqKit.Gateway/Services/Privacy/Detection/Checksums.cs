namespace GroqKit.Gateway.Services.Privacy.Detection;

/// <summary>The check digits of numbers that people are known by. Texts are digits unless said otherwise.</summary>
internal static class Checksums
{
    /// <summary>ISO/IEC 7812: cards.</summary>
    public static bool Luhn(ReadOnlySpan<char> digits)
    {
        int sum = 0;
        bool doubled = false;
        for (int i = digits.Length - 1; i >= 0; i--, doubled = !doubled)
        {
            int digit = digits[i] - '0';
            if (doubled)
                digit = digit > 4 ? (digit * 2) - 9 : digit * 2;
            sum += digit;
        }
        return sum % 10 == 0;
    }

    /// <summary>ISO 7064 mod 97-10 with the first four characters moved to the end: IBANs, of upper-case letters and digits.</summary>
    public static bool Iban(ReadOnlySpan<char> code)
    {
        int rest = 0;
        for (int i = 0; i < code.Length; i++)
        {
            char c = code[(i + 4) % code.Length];
            rest = char.IsAsciiDigit(c) ? ((rest * 10) + c - '0') % 97 : ((rest * 100) + c - 'A' + 10) % 97;
        }
        return rest == 1;
    }

    /// <summary>ISO 7064 mod 11,10: German tax ids.</summary>
    public static bool Mod11By10(ReadOnlySpan<char> digits)
    {
        int product = 10;
        foreach (char c in digits[..^1])
        {
            int sum = (c - '0' + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        return (11 - product) % 10 == digits[^1] - '0';
    }

    /// <summary>The last two digits are 97 less the rest modulo 97: French social security numbers.</summary>
    public static bool Complement97(ReadOnlySpan<char> digits) =>
        long.Parse(digits[^2..]) == 97 - (long.Parse(digits[..^2]) % 97);

    /// <summary>EAN-13: Swiss social security numbers.</summary>
    public static bool Ean13(ReadOnlySpan<char> digits) =>
        Weighted(digits, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 == 0;

    /// <summary>Polish PESEL.</summary>
    public static bool Pesel(ReadOnlySpan<char> digits) =>
        Weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 == 0;

    /// <summary>The Dutch test of eleven.</summary>
    public static bool Bsn(ReadOnlySpan<char> digits) => Weighted(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 == 0;

    /// <summary>Brazilian CPF: two digits, each a sum modulo eleven of all before it.</summary>
    public static bool Cpf(ReadOnlySpan<char> digits)
    {
        if (!digits.ContainsAnyExcept(digits[0]))
            return false;
        return Digit(digits[..9]) == digits[9] - '0' && Digit(digits[..10]) == digits[10] - '0';

        static int Digit(ReadOnlySpan<char> before)
        {
            int sum = 0;
            for (int i = 0; i < before.Length; i++)
                sum += (before[i] - '0') * (before.Length + 1 - i);
            return sum * 10 % 11 % 10;
        }
    }

    private static int Weighted(ReadOnlySpan<char> digits, ReadOnlySpan<int> weights)
    {
        int sum = 0;
        for (int i = 0; i < weights.Length; i++)
            sum += (digits[i] - '0') * weights[i];
        return sum;
    }
}
