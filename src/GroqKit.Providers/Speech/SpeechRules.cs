using GroqKit.Providers.Http;

namespace GroqKit.Providers.Speech;

/// <summary>What every request for speech must be.</summary>
internal static class SpeechRules
{
    /// <exception cref="ProviderException">
    /// The speed is no number or the text is empty; or it is longer than the model takes, and another may take it.
    /// </exception>
    public static void Check(string text, int most, float? speed, ProviderCall call)
    {
        CallerMistakes.CheckFinite("speed", speed, call);
        if (string.IsNullOrWhiteSpace(text))
            throw CallerMistakes.Invalid("input", "there is nothing to speak.", call);
        if (text.Length > most)
        {
            throw new ProviderException(
                ProviderFailure.ContextLength,
                $"input: has {text.Length} characters; {call.Model} takes {most}.",
                call.Details with
                {
                    Parameter = "input",
                    MayTryAnother = true,
                }
            );
        }
    }
}
