using System.Buffers;

namespace GroqKit.Gateway.Services.Routing;

/// <summary>The form of a model name. It goes into headers, addresses and JSON, so it holds nothing that needs escaping there.</summary>
internal static class ModelName
{
    public const int MaxLength = 256;

    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./:@+~"
    );

    public static bool IsWellFormed(ReadOnlySpan<char> name) =>
        name.Length is > 0 and <= MaxLength && !name.ContainsAnyExcept(Allowed) && !HasDotSegment(name);

    private static bool HasDotSegment(ReadOnlySpan<char> name)
    {
        foreach (Range segment in name.Split('/'))
        {
            if (name[segment] is "" or "." or "..")
                return true;
        }
        return false;
    }
}
