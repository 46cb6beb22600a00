namespace GroqKit;

/// <summary>The client's options are wrong. Raised when the client is made, before any call.</summary>
/// <param name="errors">Every error, each beginning with the option's name. Values of secrets are never repeated.</param>
public sealed class GroqConfigurationException(IReadOnlyList<string> errors)
    : GroqException($"The options of the Groq client are not valid: {string.Join(" ", errors)}", null, null)
{
    /// <summary>Every error, each beginning with the option's name.</summary>
    public IReadOnlyList<string> Errors { get; } = errors;
}
