using GroqKit.Providers.Health;

namespace GroqKit.Gateway.Services.Forwarding;

/// <summary>Probes what calls pass over, so that none of them has to find out whether it works again.</summary>
internal sealed class LaneKeeper(UpstreamLanes lanes, HealthOptions options, TimeProvider time) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new HealthMonitor(lanes, options, time).RunAsync(stoppingToken);
}
