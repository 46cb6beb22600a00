namespace GroqKit.Dashboard.Tests.Running;

/// <summary>The dashboard's pages that need nothing to be there.</summary>
internal static class DashboardPages
{
    public static string[] ForCallers { get; } = ["/start"];

    public static string[] ForOperators { get; } = ["/", "/agents"];

    public static string[] ForAdmins { get; } = [];

    public static string[] All { get; } = [.. ForCallers, .. ForOperators, .. ForAdmins];
}
