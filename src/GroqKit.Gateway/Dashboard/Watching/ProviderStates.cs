namespace GroqKit.Gateway.Dashboard.Watching;

/// <summary>The kinds of <see cref="ProviderState"/>.</summary>
internal static class ProviderStates
{
    public const string Up = "up";

    /// <summary>It answers, and some of what it serves doesn't work or is at its limit.</summary>
    public const string Partly = "partly";

    public const string Down = "down";

    /// <summary>Switched off by an operator.</summary>
    public const string Off = "off";
}
