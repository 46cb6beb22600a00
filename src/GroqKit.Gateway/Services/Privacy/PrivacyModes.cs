namespace GroqKit.Gateway.Services.Privacy;

/// <summary>What happens to personal data in requests, by name.</summary>
internal static class PrivacyModes
{
    /// <summary>It leaves as it is, because nobody asked for anything else.</summary>
    public const string Off = "off";

    /// <summary>Placeholders leave in its place.</summary>
    public const string Mask = "mask";

    /// <summary>The call is refused.</summary>
    public const string Refuse = "refuse";

    /// <summary>It leaves as it is, because the agent's owner said so.</summary>
    public const string Consented = "consented";

    /// <summary>What an operator can set for all calls.</summary>
    public static IReadOnlyList<string> OfGateway { get; } = [Off, Mask, Refuse];

    /// <summary>What an agent can be set to.</summary>
    public static IReadOnlyList<string> OfAgent { get; } = [Mask, Refuse, Consented];
}
