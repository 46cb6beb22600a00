namespace GroqKit.Gateway.Services.Agents;

/// <summary>The names of <see cref="BreakMode"/>s.</summary>
internal static class BreakModes
{
    public const string Fail = "fail";

    public static IReadOnlyList<string> All { get; } = [Fail, "continue", "restart", "hold"];

    /// <summary>Null when there is none of that name.</summary>
    public static BreakMode? Parse(string name)
    {
        for (int mode = 0; mode < All.Count; mode++)
        {
            if (All[mode] == name)
                return (BreakMode)mode;
        }
        return null;
    }
}
