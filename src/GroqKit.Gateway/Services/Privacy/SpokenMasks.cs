using System.Text.RegularExpressions;

namespace GroqKit.Gateway.Services.Privacy;

/// <summary>Puts words in the place of placeholders in a text that is spoken: nobody says <c>[EMAIL_1]</c>, and some voices take brackets for directions.</summary>
internal static partial class SpokenMasks
{
    private const int Patience = 200;

    /// <param name="text">A text whose personal data is masked.</param>
    /// <returns>Null when it holds no placeholder.</returns>
    public static string? Say(string text) =>
        text.Contains('_', StringComparison.Ordinal) && Placeholder().IsMatch(text)
            ? Placeholder().Replace(text, match => WordsFor(match.Groups["kind"].Value))
            : null;

    private static string WordsFor(string kind) =>
        kind switch
        {
            "EMAIL" => "an e-mail address",
            "PHONE" => "a phone number",
            "CARD" => "a card number",
            "IBAN" => "an account number",
            "ID" => "an identity number",
            "KEY" => "a secret key",
            "IP" => "a network address",
            _ => "a private value",
        };

    // With its brackets, of which Markdown may have taken some away, and kinds of one's own only with both.
    [GeneratedRegex(
        @"\[(?<kind>[A-Z]+)_\d+\]|\[?\b(?<kind>EMAIL|PHONE|CARD|IBAN|ID|KEY|IP)_\d+\b\]?",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        Patience
    )]
    private static partial Regex Placeholder();
}
