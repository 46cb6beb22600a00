using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace GroqKit.Cli.Hosting;

/// <summary>Options that take a number. What is none, or out of the range, is one line that names the option.</summary>
internal static class NumberOption
{
    public static Option<double?> Real(string name, string[] letters, string description, string form = "NUMBER") =>
        new(name, letters)
        {
            Description = description,
            HelpName = form,
            CustomParser = result =>
                double.TryParse(Word(result), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                    ? value
                    : Refuse<double?>(result, name, "a number"),
        };

    public static Option<int?> Whole(string name, string description, string form = "N") =>
        new(name)
        {
            Description = description,
            HelpName = form,
            CustomParser = result =>
                TryRead(result, out int value) ? value : Refuse<int?>(result, name, "a whole number"),
        };

    /// <param name="name">The name.</param>
    /// <param name="letters">Its short form.</param>
    /// <param name="description">For the help.</param>
    /// <param name="range">The smallest and the largest value.</param>
    /// <param name="usual">The value unless one is given.</param>
    /// <param name="form">What stands for the value in the help.</param>
    public static Option<int> Within(
        string name,
        string[] letters,
        string description,
        (int From, int To) range,
        int usual,
        string form = "N"
    ) =>
        new(name, letters)
        {
            Description = description,
            HelpName = form,
            DefaultValueFactory = _ => usual,
            CustomParser = result =>
                TryRead(result, out int value) && value >= range.From && value <= range.To
                    ? value
                    : Refuse<int>(result, name, $"from {range.From} to {range.To}"),
        };

    private static bool TryRead(ArgumentResult result, out int value) =>
        int.TryParse(Word(result), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    private static T? Refuse<T>(ArgumentResult result, string name, string what)
    {
        result.AddError($"{name} must be {what}, not {Word(result)}");
        return default;
    }

    private static string Word(ArgumentResult result) => result.Tokens[^1].Value;
}
