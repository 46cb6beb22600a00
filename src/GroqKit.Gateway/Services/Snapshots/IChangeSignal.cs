namespace GroqKit.Gateway.Services.Snapshots;

/// <summary>Tells all nodes at once that the configuration has changed. Messages may get lost, so nodes ask now and then as well.</summary>
internal interface IChangeSignal
{
    /// <summary>Tells the other nodes. Never throws because that isn't possible now.</summary>
    ValueTask AnnounceAsync(CancellationToken cancellationToken);

    /// <summary>Listens until the result is disposed.</summary>
    /// <param name="changed">Called when something has changed, or may have without a message. Must return soon.</param>
    IDisposable Listen(Action changed);
}
