namespace GroqKit.Chat;

/// <summary>A question that was asked once more because the first answer could not be used.</summary>
/// <param name="Code">Why, in the API's word, for example <c>tool_use_failed</c>.</param>
/// <param name="FailedGeneration">What the model wrote at first, as far as it is known.</param>
/// <param name="Temperature">The temperature of the second question.</param>
/// <param name="Failure">The failure of the first.</param>
public sealed record GenerationRepair(string Code, string? FailedGeneration, double Temperature, GroqException Failure);
