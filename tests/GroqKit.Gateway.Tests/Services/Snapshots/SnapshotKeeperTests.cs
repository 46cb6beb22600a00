using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Infrastructure.Database.Records;
using GroqKit.Gateway.Infrastructure.Secrets;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Providers;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Secrets;
using GroqKit.Gateway.Services.Snapshots;
using GroqKit.Gateway.Services.Storage;
using GroqKit.Gateway.Tests.Running;
using Microsoft.Extensions.Logging.Abstractions;

namespace GroqKit.Gateway.Tests.Services.Snapshots;

[Requirement("GW-05", "GW-14")]
public sealed class SnapshotKeeperTests(TestDatabases databases)
{
    private static readonly EnvironmentConfiguration Environment = new(
        [new Provider("groq", new Uri("https://api.groq.com/openai/v1/"), "Bearer k", false)],
        AdminKey: null
    );

    private static readonly Change Any = new(default, Tenants.Home, "key_test", "test", "test", "{}", "");

    [Theory, EveryEngine]
    public async Task Of_ten_nodes_that_start_at_once_on_an_empty_database_one_stores_the_first_key(Engine engine)
    {
        await using IDatabase database = await databases.OpenMigratedAsync(engine);
        var keys = new KeyTable(database);

        bool[] stored = await Task.WhenAll(
            Enumerable
                .Range(0, 10)
                .Select(i => Task.Run(() => keys.AddIfNoneAsync(TestKeys.Of($"text-{i}"), Any, default)))
        );

        stored.Count(yes => yes).ShouldBe(1);
        (await keys.ListAsync(Tenants.Home, null, 100, default)).Count.ShouldBe(1);
    }

    [Theory, EveryEngine]
    public async Task A_change_that_was_refused_is_neither_counted_nor_logged(Engine engine)
    {
        await using IDatabase database = await databases.OpenMigratedAsync(engine);
        var keys = new KeyTable(database);
        CallerKey key = TestKeys.Of("text");
        await keys.AddAsync(key, Any, default);
        ConfigurationTable configuration = Configuration(database);
        long before = await configuration.VersionAsync(default);

        (await keys.AddAsync(key, Any, default)).ShouldBeFalse();
        (await keys.ReplaceAsync(key with { Version = 9 }, Any, default)).ShouldBeFalse();
        (await keys.DeleteAsync(key with { Version = 9 }, Any, default)).ShouldBeFalse();

        (await configuration.VersionAsync(default)).ShouldBe(before);
        (await new AuditTable(database).ListAsync(Tenants.Home, null, 100, default)).Count.ShouldBe(1);
        (await keys.ReplaceAsync(key with { Version = 2 }, Any, default)).ShouldBeTrue();
        (await configuration.VersionAsync(default)).ShouldBe(before + 1);
    }

    [Fact]
    public async Task A_wrong_master_key_stops_the_start_but_never_keeps_a_revoked_key_alive()
    {
        await using IDatabase database = await databases.OpenMigratedAsync(Engine.Sqlite);
        var keys = new KeyTable(database);
        CallerKey key = TestKeys.Of("text");
        await keys.AddAsync(key, Any, default);
        var current = new CurrentSnapshot(Environment);
        using SnapshotKeeper running = Keeper(database, current);
        await running.RefreshAsync(default);
        await new ProviderTable(database).AddAsync(ProviderOfAnotherMasterKey(), Any, default);
        await keys.ReplaceAsync(key with { RevokedAt = DateTimeOffset.UnixEpoch, Version = 2 }, Any, default);

        await running.RefreshAsync(default);

        current.Value.Keys.Find("text", "text").ShouldBeNull();
        current.Value[Tenants.Home].Providers.ShouldNotContainKey("locked");
        using SnapshotKeeper starting = Keeper(database, new CurrentSnapshot(Environment));
        var error = await Should.ThrowAsync<SecretException>(() => starting.RefreshAsync(default));
        error.Message.ShouldContain("GROQKIT_MASTER_KEY");
        error.Message.ShouldContain("locked");
    }

    private static ProviderConfiguration ProviderOfAnotherMasterKey() =>
        new()
        {
            Tenant = Tenants.Home,
            Name = "locked",
            Kind = ProviderKind.OpenAi,
            BaseUrl = new Uri("https://models.example/v1/"),
            ProtectedKey = new AesSecretProtector(new byte[32]).Protect(
                SnapshotBuilder.PlaceOf(Tenants.Home, "locked"),
                "sk-secret"
            ),
            CreatedAt = default,
            UpdatedAt = default,
        };

    private static SnapshotKeeper Keeper(IDatabase database, CurrentSnapshot current)
    {
        byte[] masterKey = [.. Enumerable.Repeat((byte)7, AesSecretProtector.KeyLength)];
        return new SnapshotKeeper(
            Configuration(database),
            new SnapshotBuilder(Environment, new AesSecretProtector(masterKey)),
            current,
            TimeProvider.System,
            NullLogger<SnapshotKeeper>.Instance
        );
    }

    private static ConfigurationTable Configuration(IDatabase database) =>
        new(
            database,
            new KeyTable(database),
            new ProviderTable(database),
            new AgentTable(database),
            new AliasTable(database)
        );
}
