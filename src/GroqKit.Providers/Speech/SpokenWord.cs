namespace GroqKit.Providers;

/// <summary>A word of a text and when it is heard, as far as the provider tells. Where words are written without spaces, a letter. Immutable.</summary>
/// <param name="Text">The word as it stands in the text that was given, with the marks that belong to it.</param>
/// <param name="Place">Where it begins in that text: UTF-16 units from its beginning, from 0.</param>
/// <param name="Start">When it begins, from the beginning of the text's sound. Never before the word that precedes it.</param>
/// <param name="End">When it ends; not before <paramref name="Start"/>.</param>
public sealed record SpokenWord(string Text, int Place, TimeSpan Start, TimeSpan End);
