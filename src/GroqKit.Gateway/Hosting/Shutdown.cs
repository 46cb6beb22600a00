using GroqKit.Gateway.Infrastructure.Configuration;
using GroqKit.Gateway.Services.Forwarding;

namespace GroqKit.Gateway.Hosting;

/// <summary>
/// Stops in order: readiness says no, load balancers get time to notice, then no new connections and sessions that wait for
/// nothing are closed, then running answers end within the grace, and what is left is told so and cut.
/// </summary>
internal sealed class Shutdown(GatewaySettings settings, StopSignal stop, TimeProvider time) : IHostedLifecycleService
{
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        stop.EndAfter(settings.Announce + settings.Grace);
        await Task.Delay(settings.Announce, time, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await stop.BeginAsync();
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
