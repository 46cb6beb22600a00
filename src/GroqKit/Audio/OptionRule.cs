namespace GroqKit.Audio;

/// <summary>Checks of options that belong to no single call's parameter.</summary>
internal static class OptionRule
{
    /// <summary>Throws unless the option is as it must be; the error names the option.</summary>
    public static void Require(bool holds, string option, object value, string must)
    {
        if (!holds)
            throw new ArgumentOutOfRangeException(option, value, $"{option} must be {must}.");
    }
}
