using System.CommandLine;
using System.CommandLine.Parsing;

namespace GroqKit.Cli.Hosting;

/// <summary>Checks that several commands make of their options.</summary>
internal static class OptionRules
{
    /// <summary>Adds an error unless the value is in the range; a value that is no number already has its own.</summary>
    public static void CheckRange(this OptionResult result, Option<int> option, int from, int to)
    {
        if (result.Errors.Any() || result.GetValueOrDefault<int>() is var value && value >= from && value <= to)
            return;
        result.AddError($"{option.Name} must be from {from} to {to}, not {value}");
    }

    /// <summary>A mistyped option would otherwise be taken for text, or for the name of a file.</summary>
    public static void RefuseOptions(ArgumentResult result)
    {
        string? option = result.Tokens.Select(token => token.Value).FirstOrDefault(word => word is ['-', _, ..]);
        if (option is not null)
            result.AddError(
                $"there is no option {option}; a file is written as ./-name, a text goes to standard input"
            );
    }
}
