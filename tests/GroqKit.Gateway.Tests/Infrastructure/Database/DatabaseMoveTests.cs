using Dapper;
using GroqKit.Gateway.Hosting;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;

namespace GroqKit.Gateway.Tests.Infrastructure.Database;

[Requirement("GW-05")]
public sealed class DatabaseMoveTests(TestDatabases databases)
{
    [Theory]
    [InlineData(Engine.Sqlite, Engine.Postgres)]
    [InlineData(Engine.Postgres, Engine.Sqlite)]
    public async Task A_gateway_goes_on_with_the_moved_database_as_with_the_old_one(Engine from, Engine to)
    {
        string source = await databases.CreateAsync(from);
        string target = await databases.CreateAsync(to);
        string key;
        string before;
        await using (RunningGateway old = await StartAsync(source))
        {
            key = await old.NewKeyAsync("""{"name":"app","limits":{"audioSeconds":{"month":20.5}}}""");
            await old.PostAsync("/api/providers", """{"name":"p","kind":"openai"}""");
            await old.PostAsync("/api/agents", """{"name":"a","llm":{"provider":"p","model":"m"}}""");
            before = await StateAsync(old);
        }
        var output = new StringWriter();
        var errors = new StringWriter();

        int code = await MoveAsync(source, target, output, errors);

        code.ShouldBe(0, errors.ToString());
        output.ToString().ShouldContain("agents: 1 rows");
        await using RunningGateway young = await StartAsync(target);
        (await StateAsync(young)).ShouldBe(before);
        (await young.PostAsync("/v1/chat/completions", RunningGateway.Hello, key)).Status.ShouldBe(
            System.Net.HttpStatusCode.OK
        );
        (await young.PostAsync("/api/agents", """{"name":"b"}""")).Status.ShouldBe(System.Net.HttpStatusCode.Created);
        AdminAnswer log = await young.GetAsync("/api/audit");
        log.Items("target").ShouldBe(["agents/b", "agents/a", "providers/p", log.Items("target")[3]]);
    }

    [Fact]
    public async Task A_target_that_has_anything_is_left_alone()
    {
        string source = await databases.CreateAsync(Engine.Sqlite);
        string target = await databases.CreateAsync(Engine.Sqlite);
        await using (RunningGateway used = await StartAsync(target))
            await used.PostAsync("/api/agents", """{"name":"kept"}""");
        await using (await StartAsync(source)) { }
        var errors = new StringWriter();

        int code = await MoveAsync(source, target, TextWriter.Null, errors);

        code.ShouldBe(1);
        errors.ToString().ShouldContain("is not empty");
        await using IDatabase database = TestDatabases.Open(target);
        (await database.ReadAsync(c => c.QuerySingleAsync<string>("SELECT name FROM agents"), default)).ShouldBe(
            "kept"
        );
    }

    [Theory]
    [InlineData("move")]
    [InlineData("copy", "--from", "x", "--to", "y")]
    [InlineData("move", "--to", "x", "--from", "y")]
    public async Task A_command_that_cannot_be_meant_says_how_it_is_written(params string[] words)
    {
        var errors = new StringWriter();

        int code = await DatabaseCommand.RunAsync(["database", .. words], TextWriter.Null, errors, default);

        code.ShouldBe(2);
        errors.ToString().ShouldStartWith("Usage: database move --from");
    }

    [Theory]
    [InlineData("nonsense", "Data Source=x.db", "--from")]
    [InlineData("Data Source=/nowhere/x.db", "Data Source=y.db", "/nowhere/x.db")]
    public async Task A_database_that_cannot_be_used_is_named(string from, string to, string named)
    {
        var errors = new StringWriter();

        int code = await MoveAsync(from, to, TextWriter.Null, errors);

        code.ShouldBe(1);
        errors.ToString().ShouldContain(named);
    }

    private static Task<int> MoveAsync(string from, string to, TextWriter output, TextWriter errors) =>
        DatabaseCommand.RunAsync(["database", "move", "--from", from, "--to", to], output, errors, default);

    private static Task<RunningGateway> StartAsync(string database) =>
        RunningGateway.StartAsync(Answer.Json(Chunks.Whole), $"--GROQKIT_DATABASE={database}");

    private static async Task<string> StateAsync(RunningGateway gateway)
    {
        string[] parts = await Task.WhenAll(
            new[] { "agents", "providers", "keys", "audit" }.Select(async list =>
                (await gateway.GetAsync($"/api/{list}?limit=500")).Body.ToJsonString()
            )
        );
        return string.Join('\n', parts);
    }
}
