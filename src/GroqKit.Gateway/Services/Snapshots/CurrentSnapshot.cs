namespace GroqKit.Gateway.Services.Snapshots;

/// <summary>Holds the snapshot that calls are decided by. Thread-safe: readers take one reference and keep to it.</summary>
internal sealed class CurrentSnapshot(EnvironmentConfiguration environment)
{
    private volatile GatewaySnapshot _value = environment.Closed();

    public GatewaySnapshot Value
    {
        get => _value;
        set => _value = value;
    }
}
