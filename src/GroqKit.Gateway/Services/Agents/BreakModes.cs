namespace GroqKit.Gateway.Services.Agents;

/// <summary>What can be done when a stream breaks after words were sent.</summary>
internal static class BreakModes
{
    public const string Fail = "fail";

    public static IReadOnlyList<string> All { get; } = [Fail, "continue", "restart", "hold"];
}
