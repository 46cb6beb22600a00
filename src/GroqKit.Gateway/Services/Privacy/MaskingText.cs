namespace GroqKit.Gateway.Services.Privacy;

/// <summary>
/// Masks a text that arrives in pieces: a word, and numbers before it that it may belong to, are held back until it is known where they end.
/// </summary>
internal sealed class MaskingText(TextMasker masker) : ITextFilter
{
    // More than any address or number; keys may be longer, but have no blanks.
    private const int MostNumbers = 64;
    private const int MostWord = 4096;
    private const int Context = 48;
    private const string Pem = "-----BEGIN";

    private string _seen = "";
    private string _held = "";

    public string Take(string piece)
    {
        _held += piece;
        return Release(SafeLength(_held));
    }

    public string End() => Release(_held.Length);

    private string Release(int length)
    {
        if (length == 0)
            return "";
        string ready = _held[..length];
        string all = _seen + ready;
        string masked = masker.Mask(all, _seen.Length) ?? ready;
        _seen = all[^Math.Min(all.Length, Context)..];
        _held = _held[length..];
        return masked;
    }

    private static int SafeLength(string text)
    {
        int pem = text.IndexOf(Pem, StringComparison.Ordinal);
        if (
            pem >= 0
            && text.Length - pem < 2 * MostWord
            && !text.AsSpan(pem).Contains("-----END", StringComparison.Ordinal)
        )
            return pem;
        int start = text.Length;
        while (start > 0 && !char.IsWhiteSpace(text[start - 1]))
            start--;
        if (text.Length - start > MostWord)
            return text.Length;
        // What numbers are made of, blanks among it; and IBANs.
        int numbers = start;
        while (numbers > 0 && start - numbers < MostNumbers && IsNumeric(text[numbers - 1]))
            numbers--;
        return numbers;
    }

    private static bool IsNumeric(char c) =>
        char.IsAsciiDigit(c)
        || char.IsAsciiLetterUpper(c)
        || c is ' ' or '\u00A0' or '\u202F' or '-' or '.' or '/' or '(' or ')' or '+';
}
