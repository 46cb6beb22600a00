using GroqKit.Gateway.Tests.Running;

namespace GroqKit.EndToEnd.Running;

/// <summary>The gateway as a newcomer starts it, a process of its own with the built-in simulator; shared by the tests of a class.</summary>
public sealed class GatewayFixture : IAsyncLifetime
{
    public const string Key = "end-to-end-tests-own-key";

    private readonly TempDirectory _folder = new();
    private GatewayProcess? _gateway;

    public Uri Address { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = GatewayProcess.Start(
            _folder.FullPath,
            ("DOTNET_ENVIRONMENT", "Development"),
            ("GROQKIT_ADMIN_KEY", Key)
        );
        Address = await _gateway.ListeningAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_gateway is not null)
            await _gateway.DisposeAsync();
        _folder.Dispose();
    }
}
