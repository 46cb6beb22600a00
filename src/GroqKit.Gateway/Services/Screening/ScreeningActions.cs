namespace GroqKit.Gateway.Services.Screening;

/// <summary>What follows from a bad verdict, by name.</summary>
internal static class ScreeningActions
{
    /// <summary>Nothing but the verdict in the account.</summary>
    public const string Allow = "allow";

    /// <summary>The answer says so in a header.</summary>
    public const string Flag = "flag";

    /// <summary>The call is refused; also while nobody can screen.</summary>
    public const string Refuse = "refuse";

    public static IReadOnlyList<string> All { get; } = [Allow, Flag, Refuse];
}
