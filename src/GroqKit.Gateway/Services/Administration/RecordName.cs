using System.Buffers;

namespace GroqKit.Gateway.Services.Administration;

/// <summary>The form of the names that operators choose. They stand in addresses and headers, so nothing in them needs escaping.</summary>
internal static class RecordName
{
    public const int MaxLength = 64;

    public const string Rule = "must be up to 64 letters, digits and -_. and begin with a letter or digit";

    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."
    );

    public static bool IsWellFormed(string name) =>
        name.Length is > 0 and <= MaxLength
        && char.IsAsciiLetterOrDigit(name[0])
        && !name.AsSpan().ContainsAnyExcept(Allowed);
}
