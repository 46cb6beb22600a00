using GroqKit.TestKit.Servers;

namespace GroqKit.Dashboard.Tests.Running;

/// <summary>A gateway over PostgreSQL. Where there is none, tests are skipped and say so.</summary>
public sealed class PostgresStand : DashboardStand
{
    private PostgresServer? _server;

    protected override async Task<(string Name, string Value)[]> EnvironmentAsync()
    {
        if (PostgresServer.Installed is null)
            return [];
        _server = await PostgresServer.StartAsync();
        return [("GROQKIT_DATABASE", await _server.CreateDatabaseAsync())];
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
    }
}
