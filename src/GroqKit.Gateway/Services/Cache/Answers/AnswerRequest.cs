namespace GroqKit.Gateway.Services.Cache.Answers;

/// <summary>A chat request whose answer may be repeated.</summary>
/// <param name="Key">The same for the same question by the same tenant to the same agent, and for no other.</param>
/// <param name="WantsUsage">Whether a stream is to end with the usage.</param>
internal sealed record AnswerRequest(string Key, bool WantsUsage);
