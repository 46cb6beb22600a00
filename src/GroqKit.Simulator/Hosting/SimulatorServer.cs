using GroqKit.Simulator.Faults;
using GroqKit.Simulator.Requests;
using GroqKit.Simulator.Scenarios;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace GroqKit.Simulator.Hosting;

/// <summary>
/// The Groq API on a free loopback port of this process: real HTTP by a real Kestrel. Servers are independent of one another. All
/// members are safe for use from many threads.
/// </summary>
public sealed class SimulatorServer : IAsyncDisposable
{
    private readonly SimulatorApplication _application;

    private SimulatorServer(SimulatorApplication application)
    {
        _application = application;
        IServer server = application.Web.Services.GetRequiredService<IServer>();
        BaseAddress = new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    /// <summary>For example <c>http://127.0.0.1:40123/</c>. Groq's paths begin below it with <c>/openai/v1</c>.</summary>
    public Uri BaseAddress { get; }

    /// <summary>What reached the simulator, and what became of it.</summary>
    public RequestLog Requests => _application.Requests;

    /// <summary>Faults for requests that don't ask for one themselves.</summary>
    public FaultBoard Faults => _application.Faults;

    /// <summary>The scenarios that are playing.</summary>
    public ScenarioBoard Scenarios => _application.Scenarios;

    /// <summary>Starts a server; it listens when the task completes.</summary>
    /// <exception cref="ArgumentException">The options are not valid; the message lists everything.</exception>
    public static async Task<SimulatorServer> StartAsync(
        SimulatorOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        SimulatorApplication application = SimulatorApplication.Create(options ?? new(), "http://127.0.0.1:0");
        await application.Web.StartAsync(cancellationToken);
        return new SimulatorServer(application);
    }

    /// <summary>Takes no more connections, lets running answers end (at most 30 s), then stops.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default) =>
        _application.Web.StopAsync(cancellationToken);

    /// <summary>Stops at once: connections that are still open are dropped.</summary>
    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _application.Web.StopAsync(now.Token);
        await _application.Web.DisposeAsync();
    }
}
