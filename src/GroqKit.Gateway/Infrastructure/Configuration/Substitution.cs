using System.Text.RegularExpressions;

namespace GroqKit.Gateway.Infrastructure.Configuration;

/// <summary>Puts variables into texts: <c>${NAME}</c>, <c>${NAME:-default}</c>; <c>$$</c> is a dollar sign.</summary>
internal static partial class Substitution
{
    /// <exception cref="FormatException">A variable isn't set and has no default, or a <c>${</c> isn't closed.</exception>
    public static string Apply(string text, Func<string, string?> variable) =>
        text.Contains('$', StringComparison.Ordinal)
            ? References().Replace(text, match => ValueOf(match, variable))
            : text;

    private static string ValueOf(Match match, Func<string, string?> variable)
    {
        if (match.Value == "$$")
            return "$";
        if (!match.Groups["name"].Success)
            throw new FormatException(
                "has a '${' that is no variable; write ${NAME}, ${NAME:-default}, or $${ for the text itself"
            );
        string name = match.Groups["name"].Value;
        // As in a shell: with a default, an empty variable counts as not set.
        string? value = variable(name);
        if (match.Groups["default"].Success)
            return string.IsNullOrEmpty(value) ? match.Groups["default"].Value : value;
        return value ?? throw new FormatException($"names the variable {name}, which is not set and has no default");
    }

    [GeneratedRegex(
        @"\$\$|\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(:-(?<default>[^}]*))?\}|\$\{",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex References();
}
