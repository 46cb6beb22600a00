namespace GroqKit.Gateway.Services.Snapshots;

/// <summary>Holds the snapshot that calls are decided by. Thread-safe: readers take one reference and keep to it.</summary>
internal sealed class Snapshots(GatewaySnapshot first)
{
    private volatile GatewaySnapshot _current = first;

    public GatewaySnapshot Current
    {
        get => _current;
        set => _current = value;
    }
}
