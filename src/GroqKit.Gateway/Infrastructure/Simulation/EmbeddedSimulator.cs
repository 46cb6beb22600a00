using GroqKit.Gateway.Infrastructure.Configuration;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Simulator.Hosting;

namespace GroqKit.Gateway.Infrastructure.Simulation;

/// <summary>A simulated provider inside the gateway's process, reached over real HTTP like any other.</summary>
internal sealed class EmbeddedSimulator(SimulatorServer server) : IAsyncDisposable
{
    public const string Name = "simulator";

    // The simulator takes any key; this one is no secret.
    private const string Authorization = "Bearer gsk_simulated";

    public Provider Provider { get; } =
        new(Name, new Uri(server.BaseAddress, "/openai/v1/"), Authorization, Simulated: true);

    /// <returns>Null where there is a real provider.</returns>
    public static async Task<EmbeddedSimulator?> StartWhenNeededAsync(
        GatewaySettings settings,
        CancellationToken cancellationToken
    ) =>
        settings.Provider is null
            ? new EmbeddedSimulator(await SimulatorServer.StartAsync(SimulatorOptions.AtGroqSpeed, cancellationToken))
            : null;

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
