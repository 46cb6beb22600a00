using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GroqKit.Json;

namespace GroqKit.Errors;

/// <summary>What all requests are checked by. Each rule names the parameter by its path on the wire.</summary>
internal static class Rules
{
    private const int MaxIdLength = 256;

    public static GroqValidationException Invalid(string parameter, string problem, Exception? cause = null) =>
        new($"{parameter}: {problem}", new ErrorDetails { Parameter = parameter }, cause);

    /// <exception cref="GroqValidationException">The value is out of range, or not a number.</exception>
    public static void CheckRange(string parameter, double? value, double from, double to)
    {
        if (value is { } number && !(number >= from && number <= to))
            throw Invalid(parameter, $"must be from {from} to {to}.");
    }

    /// <exception cref="GroqValidationException">The text is missing or empty.</exception>
    public static void CheckText(string parameter, string? value)
    {
        if (string.IsNullOrEmpty(value))
            throw Invalid(parameter, "is missing.");
    }

    /// <exception cref="GroqValidationException">The id could not stand in a path as one segment.</exception>
    public static void CheckId(string parameter, string? id)
    {
        if (FindIdProblem(id) is { } problem)
            throw Invalid(parameter, problem);
    }

    /// <summary>Null when the id can stand in a path as one segment.</summary>
    public static string? FindIdProblem(string? id)
    {
        if (string.IsNullOrEmpty(id))
            return "is missing.";
        if (id.Length > MaxIdLength)
            return $"is longer than {MaxIdLength} characters.";
        foreach (char letter in id)
        {
            if (letter is <= ' ' or > '~')
                return "must not contain spaces, control characters or letters beyond ASCII.";
        }
        // A path of dots alone would be folded away in an address, and reach another resource.
        return id is "." or ".." ? "must not consist of dots." : null;
    }

    /// <summary>Null when a file can be sent under the name. A path may stand before it.</summary>
    public static string? FindFileNameProblem(string? name)
    {
        ReadOnlySpan<char> last = name.AsSpan()[(name.AsSpan().LastIndexOfAny('/', '\\') + 1)..];
        foreach (char letter in last)
        {
            if (char.IsControl(letter))
                return "has a line break or another control character in its name.";
        }
        return HalfPairs.IsIn(last) ? $"its name {HalfPairs.Problem}" : null;
    }

    /// <summary>Whether the text can be the name of a function or a schema.</summary>
    public static bool IsName(string? name)
    {
        if (name is not { Length: > 0 and <= 64 })
            return false;
        foreach (char letter in name)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('_' or '-'))
                return false;
        }
        return true;
    }

    /// <exception cref="GroqValidationException">A further property repeats one that the request has, or has no value.</exception>
    public static void CheckExtraBody(Dictionary<string, JsonElement>? extra, JsonTypeInfo request)
    {
        if (extra is null)
            return;
        foreach (var (name, value) in extra)
        {
            // A property sent twice is read one way here and another way there.
            if (request.Properties.Any(property => !property.IsExtensionData && property.Name == name))
                throw Invalid(name, "stands in the extra body, but the request has a property for it.");
            if (value.ValueKind == JsonValueKind.Undefined)
                throw Invalid(name, "has no value in the extra body.");
        }
    }
}
