using GroqKit.Simulator.Hosting;

namespace GroqKit.Providers.Tests.Matrix;

/// <summary>One simulator for all tests of a class: their faults travel with their requests.</summary>
public sealed class WireSimulator : IAsyncLifetime
{
    public SimulatorServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await SimulatorServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
