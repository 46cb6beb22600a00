namespace GroqKit.Extensions.AI;

/// <summary>Refuses what would otherwise be lost without a word.</summary>
internal static class Unsupported
{
    /// <param name="options">The options' type.</param>
    /// <param name="option">The option.</param>
    /// <param name="problem">Why, as a sentence about the option.</param>
    public static NotSupportedException Option(string options, string option, string problem) =>
        new($"{options}.{option}: {problem}");

    public static GroqValidationException Missing(string parameter, string remedy) =>
        new($"{parameter}: is missing: {remedy}", new ErrorDetails { Parameter = parameter });
}
