using System.Buffers;

namespace GroqKit.Gateway.Services.Privacy.Detection;

/// <summary>Keys and tokens of well-known makers, told by how they begin; signed tokens; private keys in PEM.</summary>
internal sealed class SecretDetector : IPersonalDataDetector
{
    private const string Pem = "-----BEGIN ";
    private const string Token = "eyJ";
    private const int MinToken = 24;

    // The beginning, and the fewest characters behind it.
    private static readonly (string Start, int Least)[] Makers =
    [
        ("gsk_", 20),
        ("gk_", 20),
        ("sk_live_", 16),
        ("sk_test_", 16),
        ("rk_live_", 16),
        ("sk-", 20),
        ("sk_", 32),
        ("xai-", 20),
        ("AKIA", 16),
        ("ASIA", 16),
        ("ghp_", 30),
        ("gho_", 30),
        ("ghs_", 30),
        ("github_pat_", 30),
        ("glpat-", 16),
        ("xoxb-", 16),
        ("xoxp-", 16),
        ("AIza", 30),
        ("ya29.", 20),
        ("whsec_", 20),
        ("whsk_", 20),
        ("hf_", 25),
        ("npm_", 30),
        ("SG.", 40),
    ];

    private static readonly SearchValues<string> Starts = SearchValues.Create(
        [.. Makers.Select(maker => maker.Start), Token, Pem],
        StringComparison.Ordinal
    );

    private static readonly SearchValues<char> KeyCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./+="
    );

    public void Detect(ReadOnlySpan<char> text, List<Finding> findings)
    {
        int from = 0;
        while (text[from..].IndexOfAny(Starts) is var found and >= 0)
        {
            int start = from + found;
            bool inside = start > 0 && char.IsAsciiLetterOrDigit(text[start - 1]);
            int length = inside ? 0 : LengthOf(text[start..]);
            if (length > 0)
                findings.Add(new Finding(start, length, PersonalDataKind.Secret));
            from = start + Math.Max(length, 1);
        }
    }

    private static int LengthOf(ReadOnlySpan<char> text)
    {
        if (text.StartsWith(Pem))
            return PemLength(text);
        int length = text.IndexOfAnyExcept(KeyCharacters);
        ReadOnlySpan<char> word = (length < 0 ? text : text[..length]).TrimEnd("./-+=");
        if (word.StartsWith(Token))
            return word.Length >= MinToken && word.Count('.') == 2 ? word.Length : 0;
        foreach ((string start, int least) in Makers)
        {
            // Words made of words, such as names of packages, have no digits among their letters.
            if (word.StartsWith(start) && word.Length >= start.Length + least && word.ContainsAnyInRange('0', '9'))
                return word.Length;
        }
        return 0;
    }

    private static int PemLength(ReadOnlySpan<char> text)
    {
        const string Close = "-----";
        int head = text[Pem.Length..].IndexOf(Close);
        if (head is < 0 or > 64 || !text.Slice(Pem.Length, head).EndsWith("PRIVATE KEY"))
            return 0;
        int end = text.IndexOf("-----END ");
        if (end < 0)
            return text.Length;
        int close = text[(end + 9)..].IndexOf(Close);
        return close < 0 ? text.Length : end + 9 + close + Close.Length;
    }
}
