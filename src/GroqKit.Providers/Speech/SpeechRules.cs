using GroqKit.Providers.Http;

namespace GroqKit.Providers.Speech;

/// <summary>What every text to speak must be.</summary>
internal static class SpeechRules
{
    /// <exception cref="ProviderException">The text is empty, or longer than the model takes; another may take it.</exception>
    public static void CheckText(string text, int most, ProviderCall call)
    {
        ProviderFailureDetails details = call.Details with { Parameter = "input" };
        if (string.IsNullOrWhiteSpace(text))
            throw new ProviderException(ProviderFailure.CallerMistake, "input: there is nothing to speak.", details);
        if (text.Length > most)
        {
            throw new ProviderException(
                ProviderFailure.ContextLength,
                $"input: has {text.Length} characters; {call.Model} takes {most}.",
                details with
                {
                    MayTryAnother = true,
                }
            );
        }
    }
}
