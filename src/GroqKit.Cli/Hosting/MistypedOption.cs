using System.CommandLine;
using System.CommandLine.Parsing;

namespace GroqKit.Cli.Hosting;

/// <summary>A mistyped option, or a value that its option does not take, would otherwise become text or the name of a file. Behind a <c>--</c> it is meant so.</summary>
internal static class MistypedOption
{
    private const string End = "--";

    /// <returns>What is wrong; null when nothing is.</returns>
    /// <param name="args">The words as they were typed.</param>
    /// <param name="result">What was made of them.</param>
    public static string? Describe(IEnumerable<string> args, ParseResult result) =>
        FindValue(args, result) is { } name ? $"{name} takes no value"
        : FindUnknown(result) is { } word ? $"there is no option {word}; behind a {End} it is taken as it is"
        : null;

    private static string? FindValue(IEnumerable<string> args, ParseResult result) =>
        args.TakeWhile(word => word != End)
            .Where(word => word.StartsWith('-') && word.Contains('=', StringComparison.Ordinal))
            .Select(word => word[..word.IndexOf('=', StringComparison.Ordinal)])
            .FirstOrDefault(name =>
                result.CommandResult.Command.Options.Any(option =>
                    option.Arity.MaximumNumberOfValues == 0 && (option.Name == name || option.Aliases.Contains(name))
                )
            );

    private static string? FindUnknown(ParseResult result)
    {
        HashSet<Token> open = new(
            result.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash),
            ReferenceEqualityComparer.Instance
        );
        return result
            .CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(argument => argument.Tokens)
            .FirstOrDefault(token => token.Value is ['-', _, ..] && open.Contains(token))
            ?.Value;
    }
}
