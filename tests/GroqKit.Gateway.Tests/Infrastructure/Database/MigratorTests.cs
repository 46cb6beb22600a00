using Dapper;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Tests.Running;

namespace GroqKit.Gateway.Tests.Infrastructure.Database;

[Requirement("GW-05")]
public sealed class MigratorTests(TestDatabases databases)
{
    private static readonly Migration First = new(1, "first", "CREATE TABLE one (id {identity}, data {bytes})");
    private static readonly Migration Second = new(
        2,
        "second",
        "CREATE TABLE two (n BIGINT); INSERT INTO two VALUES (7)"
    );

    [Theory, EveryEngine]
    public async Task Ten_nodes_that_start_at_once_apply_every_step_once(Engine engine)
    {
        string address = await databases.CreateAsync(engine);
        IDatabase[] nodes = [.. Enumerable.Range(0, 10).Select(_ => TestDatabases.Open(address))];

        int[] applied = await Task.WhenAll(nodes.Select(node => Task.Run(() => RunAsync(node, [.. Migration.All]))));

        applied.Order().ShouldBe([.. Enumerable.Repeat(0, 9), Migration.All.Count]);
        (await VersionsAsync(nodes[0])).ShouldBe(Migration.All.Select(step => (long)step.Number));
        foreach (IDatabase node in nodes)
            await node.DisposeAsync();
    }

    [Theory, EveryEngine]
    public async Task Steps_added_later_are_applied_in_order_and_keep_the_data(Engine engine)
    {
        await using IDatabase database = await databases.OpenAsync(engine);

        (await RunAsync(database, First)).ShouldBe(1);
        (await RunAsync(database, First, Second)).ShouldBe(1);
        (await RunAsync(database, First, Second)).ShouldBe(0);

        (await database.ReadAsync(c => c.QuerySingleAsync<long>("SELECT n FROM two"), default)).ShouldBe(7);
    }

    [Theory, EveryEngine]
    public async Task A_step_that_fails_leaves_the_schema_as_it_was(Engine engine)
    {
        await using IDatabase database = await databases.OpenAsync(engine);
        await RunAsync(database, First);

        await Should.ThrowAsync<DatabaseException>(() =>
            RunAsync(database, First, Second, new Migration(3, "broken", "CREATE TABLE one (n BIGINT)"))
        );

        (await VersionsAsync(database)).ShouldBe([1]);
        (await RunAsync(database, First, Second)).ShouldBe(1);
    }

    [Theory, EveryEngine]
    public async Task A_schema_of_a_newer_gateway_is_refused(Engine engine)
    {
        await using IDatabase database = await databases.OpenAsync(engine);
        await RunAsync(database, First, Second);

        var error = await Should.ThrowAsync<DatabaseException>(() => RunAsync(database, First));

        error.Message.ShouldContain("schema step 2");
        error.Message.ShouldContain(database.Location);
    }

    [Theory, EveryEngine]
    public async Task A_step_that_was_changed_afterwards_is_refused(Engine engine)
    {
        await using IDatabase database = await databases.OpenAsync(engine);
        await RunAsync(database, First);

        var error = await Should.ThrowAsync<DatabaseException>(() =>
            RunAsync(database, new Migration(1, "first", First.Sql + " "))
        );

        error.Message.ShouldContain("schema step 1");
    }

    [Fact]
    public void Steps_have_numbers_of_their_own() =>
        Migration
            .All.Select(step => step.Number)
            .ShouldBe(Migration.All.Select(step => step.Number).Distinct().Order());

    private static Task<int> RunAsync(IDatabase database, params Migration[] steps) =>
        new Migrator(database, steps, TimeProvider.System).RunAsync(TestContext.Current.CancellationToken);

    private static Task<IEnumerable<long>> VersionsAsync(IDatabase database) =>
        database.ReadAsync(c => c.QueryAsync<long>("SELECT number FROM schema_version ORDER BY number"), default);
}
