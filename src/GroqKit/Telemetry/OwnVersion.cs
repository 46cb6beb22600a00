namespace GroqKit.Telemetry;

/// <summary>The version of this library.</summary>
internal static class OwnVersion
{
    public static string Text { get; } = typeof(OwnVersion).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";
}
