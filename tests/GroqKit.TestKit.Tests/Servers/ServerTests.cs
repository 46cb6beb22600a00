using GroqKit.TestKit.Servers;

namespace GroqKit.TestKit.Tests.Servers;

public sealed class ServerTests
{
    [Fact]
    public async Task Redis_answers_freezes_stops_and_comes_back()
    {
        Assert.SkipWhen(RedisServer.Installed is null, "Redis is not installed (Debian: redis-server).");
        await using RedisServer redis = await RedisServer.StartAsync();

        (await AskAsync(redis.Address)).ShouldBe("+PONG");
        await redis.FreezeAsync();
        Task<string?> waiting = AskAsync(redis.Address);
        waiting.IsCompleted.ShouldBeFalse();
        await redis.ThawAsync();
        (await waiting).ShouldBe("+PONG");
        await redis.StopAsync();
        await Should.ThrowAsync<System.Net.Sockets.SocketException>(() => AskAsync(redis.Address));
        await redis.StartAgainAsync();
        (await AskAsync(redis.Address)).ShouldBe("+PONG");
    }

    [Fact]
    public async Task Postgresql_makes_a_database_for_everyone_who_asks()
    {
        Assert.SkipWhen(PostgresServer.Installed is null, "PostgreSQL is not installed (Debian: postgresql).");
        await using PostgresServer server = await PostgresServer.StartAsync();

        string one = await server.CreateDatabaseAsync();
        await server.StopAsync();
        await server.StartAgainAsync();
        string two = await server.CreateDatabaseAsync();

        one.ShouldStartWith("Host=127.0.0.1;Port=");
        two.ShouldNotBe(one);
    }

    private static async Task<string?> AskAsync(string address)
    {
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(System.Net.IPEndPoint.Parse(address), TestContext.Current.CancellationToken);
        await using System.Net.Sockets.NetworkStream stream = client.GetStream();
        await stream.WriteAsync("PING\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync(TestContext.Current.CancellationToken);
    }
}
