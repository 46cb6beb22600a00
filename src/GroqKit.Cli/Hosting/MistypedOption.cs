using System.CommandLine;
using System.CommandLine.Parsing;

namespace GroqKit.Cli.Hosting;

/// <summary>A mistyped option would otherwise be taken for text, or for the name of a file. Behind a <c>--</c> it is meant so.</summary>
internal static class MistypedOption
{
    /// <returns>The word; null when there is none.</returns>
    public static string? Find(ParseResult result)
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
