using System.Text.RegularExpressions;

namespace GroqKit.Gateway.Infrastructure.Configuration;

/// <summary>Hides secrets in what is shown of settings, also where a secret stands in the wrong place.</summary>
internal static partial class SecretMask
{
    public const string Mask = "***";

    /// <summary>The text, with a mask in place of what looks like a secret, and of all of it where the setting is one.</summary>
    public static string Show(string path, string text) => IsSecret(path) ? Mask : Hide(text);

    /// <summary>The text, with a mask in place of what looks like a secret, whatever it is part of.</summary>
    public static string Hide(string text) =>
        LooksSecret().Replace(Users().Replace(Passwords().Replace(text, $"${{name}}={Mask}"), $"//{Mask}@"), Mask);

    /// <summary>Whether a setting's name says that it holds a secret.</summary>
    public static bool IsSecret(string path) => SecretNames().IsMatch(path);

    [GeneratedRegex(
        @"(KEY|SECRET|TOKEN|PASSWORD)$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex SecretNames();

    [GeneratedRegex(
        @"(gsk|sk|gk|xi|whsec|whsk)[_-][A-Za-z0-9_\-]{6,}|Bearer\s+\S+",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex LooksSecret();

    [GeneratedRegex(
        @"\b(?<name>Password|Pwd)\s*=\s*[^;,]*",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Passwords();

    [GeneratedRegex(@"//[^/\s@]+@", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Users();
}
