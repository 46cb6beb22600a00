namespace GroqKit.Gateway.Services.Jobs;

/// <summary>Where a job stands.</summary>
internal static class JobStates
{
    /// <summary>For its time, or for a free worker.</summary>
    public const string Waiting = "waiting";

    /// <summary>A worker has leased it.</summary>
    public const string Running = "running";

    public const string Done = "done";

    /// <summary>It failed as often as it may; someone has to look, and can repeat it.</summary>
    public const string Aside = "aside";

    public static readonly string[] All = [Waiting, Running, Done, Aside];
}
