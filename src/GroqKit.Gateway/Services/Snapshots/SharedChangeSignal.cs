using GroqKit.Gateway.Services.Sharing;

namespace GroqKit.Gateway.Services.Snapshots;

/// <summary>Tells of changes through the shared memory.</summary>
internal sealed class SharedChangeSignal(ISharedMemory memory) : IChangeSignal
{
    private const string Channel = "configuration";

    public async ValueTask AnnounceAsync(CancellationToken cancellationToken) =>
        await memory.PublishAsync(Channel, ReadOnlyMemory<byte>.Empty, cancellationToken);

    public IDisposable Listen(Action changed) => memory.Subscribe(Channel, _ => changed(), changed);
}
