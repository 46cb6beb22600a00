namespace GroqKit.Dashboard.Tests.Running;

/// <summary>The dashboard's pages that need nothing to be there.</summary>
internal static class DashboardPages
{
    public static string[] ForCallers { get; } = ["/playground", "/start"];

    public static string[] ForOperators { get; } =
    ["/", "/agents", "/providers", "/usage", "/webhooks", "/jobs", "/audit"];

    public static string[] ForAdmins { get; } = ["/keys", "/settings"];

    public static string[] All { get; } = [.. ForCallers, .. ForOperators, .. ForAdmins];
}
