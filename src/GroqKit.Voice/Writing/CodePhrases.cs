using System.Collections.Frozen;

namespace GroqKit.Voice.Writing;

/// <summary>What is said in the place of a block of code.</summary>
internal static class CodePhrases
{
    private const string English = "The code is in the written answer.";

    private static readonly FrozenDictionary<string, string> Phrases = new Dictionary<string, string>
    {
        ["de"] = "Der Code steht in der schriftlichen Antwort.",
        ["es"] = "El código está en la respuesta escrita.",
        ["fr"] = "Le code se trouve dans la réponse écrite.",
        ["it"] = "Il codice è nella risposta scritta.",
        ["nl"] = "De code staat in het geschreven antwoord.",
        ["pt"] = "O código está na resposta escrita.",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <param name="language">A language's code, with or without a country; null for English.</param>
    public static string For(string? language) =>
        language is { Length: >= 2 } ? Phrases.GetValueOrDefault(language[..2], English) : English;
}
