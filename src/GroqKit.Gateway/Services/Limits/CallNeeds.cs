namespace GroqKit.Gateway.Services.Limits;

/// <summary>What is known of a call before it is made.</summary>
/// <param name="PromptBytes">Length of the text that the model reads, as JSON.</param>
/// <param name="MaxCompletionTokens">The most the caller wants of each answer; null leaves it to the model.</param>
/// <param name="Choices">How many answers.</param>
internal readonly record struct CallNeeds(long PromptBytes, long? MaxCompletionTokens, int Choices);
