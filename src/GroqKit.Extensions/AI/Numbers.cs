using System.Globalization;

namespace GroqKit.Extensions.AI;

/// <summary>Numbers as their owners wrote them.</summary>
internal static class Numbers
{
    /// <summary>A float's own text is what its owner wrote: 0.7f is 0.7, and as a double 0.699999988079071.</summary>
    public static double? Shortest(float? value)
    {
        if (value is not { } number)
            return null;
        // The longest is -1.23456789E-38.
        Span<char> text = stackalloc char[32];
        number.TryFormat(text, out int length, provider: CultureInfo.InvariantCulture);
        return double.Parse(text[..length], CultureInfo.InvariantCulture);
    }
}
