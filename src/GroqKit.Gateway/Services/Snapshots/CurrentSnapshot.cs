using Microsoft.Extensions.Primitives;

namespace GroqKit.Gateway.Services.Snapshots;

/// <summary>Holds the snapshot that calls are decided by. Thread-safe: readers take one reference and keep to it.</summary>
internal sealed class CurrentSnapshot(EnvironmentConfiguration environment) : IDisposable
{
    private volatile GatewaySnapshot _value = environment.Closed();
    private volatile CancellationTokenSource _replaced = new();

    public GatewaySnapshot Value
    {
        get => _value;
        set
        {
            _value = value;
            // Who watches is told beside whoever made the change.
            _ = Interlocked.Exchange(ref _replaced, new CancellationTokenSource()).CancelAsync();
        }
    }

    /// <summary>Tells when another one than that of this moment is in force.</summary>
    public IChangeToken Watch() => new CancellationChangeToken(_replaced.Token);

    public void Dispose() => _replaced.Dispose();
}
