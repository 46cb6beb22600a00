using GroqKit.Gateway.Services.Realtime;

namespace GroqKit.Gateway.Infrastructure.Configuration;

/// <summary>Reads how long realtime sessions wait.</summary>
internal static class RealtimeTimesSettings
{
    private const string PingPath = "GroqKit:Realtime:PingInterval";
    private const string PongPath = "GroqKit:Realtime:PingTimeout";
    private const string InterruptionPath = "GroqKit:Realtime:MinInterruption";

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    public static IReadOnlyList<string> Paths { get; } = [PingPath, PongPath, InterruptionPath];

    public static RealtimeTimes Read(SettingsReader reader) =>
        new(
            reader.Duration(PingPath, TimeSpan.FromSeconds(5), Shortest, Longest),
            reader.Duration(PongPath, TimeSpan.FromSeconds(10), Shortest, Longest),
            reader.Duration(InterruptionPath, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromSeconds(5))
        );
}
