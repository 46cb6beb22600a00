using GroqKit.Gateway.Hosting;
using GroqKit.Gateway.Tests.Running;

namespace GroqKit.Gateway.Tests.Hosting;

[Requirement("GW-13")]
public sealed class ConfigCommandTests : IDisposable
{
    private const string Marker = "gsk_MarkerKeyThatNobodyMaySee";

    private readonly TempDirectory _folder = new();

    [Theory]
    [InlineData("deadlines: {idle: soon}", "GroqKit:deadlines:idle (deadlines.idle in groqkit.yaml)")]
    [InlineData("deadlines: {idle: 0s}", "GroqKit:deadlines:idle")]
    [InlineData("deadlines: {hedaers: 5s}", "GroqKit:deadlines:hedaers")]
    [InlineData("speed: fast", "GroqKit:speed")]
    [InlineData("limits: {connections: 0}", "GroqKit:limits:connections")]
    [InlineData("limits: {json_bytes: 4MB}", "GroqKit:limits:jsonbytes")]
    [InlineData("sync: {enabled: perhaps}", "GroqKit:sync:enabled")]
    [InlineData("retention: {usage_days: 3}", "GroqKit:retention:usagedays")]
    [InlineData("database: groqkit.db", "GROQKIT_DATABASE")]
    [InlineData("database: 'Data Source=:memory:'", "GROQKIT_DATABASE")]
    [InlineData("master_key: c2hvcnQ=", "GROQKIT_MASTER_KEY")]
    [InlineData("admin_key: short", "GROQKIT_ADMIN_KEY")]
    [InlineData("admin_key: ${NOT_SET_ANYWHERE}", "admin_key")]
    [InlineData("egress: {allowed_hosts: [{a: b}]}", "egress.allowed_hosts")]
    [InlineData("providers: {mine: {api_key: k}}", "providers:mine:type")]
    [InlineData("providers: {groq: {api_key: k, apikey: k}}", "providers:groq:apikey")]
    [InlineData("providers: {groq: {type: groq}}", "providers:groq:api_key")]
    [InlineData("providers: {groq: {api_key: 'a b'}}", "providers:groq:api_key")]
    [InlineData("providers: {groq: {api_key: k, base_url: 'http://example.com'}}", "providers:groq:base_url")]
    [InlineData("providers: {groq: {api_key: k, rate_limit_rpm: 0}}", "providers:groq:rate_limit_rpm")]
    [InlineData("providers: {groq: {api_key: k, latency_samples: many}}", "providers:groq:latency_samples")]
    [InlineData("providers: {groq: {api_key: k, models: ['a b']}}", "providers:groq:models")]
    [InlineData("providers: {groq: {api_key: k, enabled: yes please}}", "providers:groq:enabled")]
    [InlineData("providers: {agent: {type: groq, api_key: k}}", "providers:agent")]
    [InlineData("egress: {allowed_hosts: ['http://models.lan']}", "GroqKit:egress:allowedhosts")]
    [InlineData("egress: {allowed_hosts: ['models.lan:99999']}", "GroqKit:egress:allowedhosts")]
    [InlineData("egress: {allowed_hosts: ['models lan']}", "GroqKit:egress:allowedhosts")]
    [InlineData("a: [", "GROQKIT_CONFIG")]
    public async Task A_wrong_configuration_is_named_by_its_path_and_the_exit_code_is_1(string yaml, string path)
    {
        (int code, _, string errors) = await RunAsync("check", yaml, "--GROQ_API_KEY=gsk_0123456789");

        code.ShouldBe(1, errors);
        string[] lines = errors.Trim().Split('\n');
        lines.Length.ShouldBe(2, errors);
        lines[1].Trim().ShouldContain(path, Case.Insensitive);
    }

    [Fact]
    public async Task Everything_wrong_is_listed_in_one_go_and_no_secret_is_shown()
    {
        string yaml = $$"""
            deadlines: {idle: {{Marker}}, headers: 0s}
            limits: {connections: {{Marker}}}
            sync: {enabled: {{Marker}}}
            admin_key: "{{Marker}} "
            master_key: {{Marker}}
            database: "Host=db;Password={{Marker}};Colour=red"
            providers:
              groq: {api_key: "{{Marker}} x", base_url: "ftp://user:{{Marker}}@example.com"}
              mine: {type: ours}
            """;

        (int code, _, string errors) = await RunAsync("check", yaml);

        code.ShouldBe(1);
        errors.Trim().Split('\n').Length.ShouldBe(1 + 11, errors);
        errors.ShouldNotContain("MarkerKey");
    }

    [Fact]
    public async Task A_wrong_configuration_does_not_start()
    {
        await File.WriteAllTextAsync(
            _folder.At("groqkit.yaml"),
            $"deadlines: {{idle: soon}}\nspeed: fast\nproviders: {{groq: {{api_key: '{Marker} x'}}}}",
            TestContext.Current.CancellationToken
        );
        await using GatewayProcess gateway = GatewayProcess.Start(
            _folder.FullPath,
            ("GROQKIT_CONFIG", "groqkit.yaml"),
            ("ASPNETCORE_ENVIRONMENT", "Production")
        );

        (int code, string output) = await gateway.ExitAsync();

        code.ShouldBe(1);
        output.ShouldContain("deadlines.idle in groqkit.yaml");
        output.ShouldContain("speed in groqkit.yaml");
        output.ShouldContain("providers.groq.api_key in groqkit.yaml");
        output.ShouldNotContain("MarkerKey");
        output.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task A_right_one_is_shown_with_where_each_value_is_from_and_without_secrets()
    {
        string yaml = $$"""
            deadlines: {idle: 7s, headers: 8s}
            database: "Host=db;Database=g;Username=u;Password=MarkerKeyOfTheDatabase"
            admin_key: {{Marker}}
            providers:
              groq: {api_key: {{Marker}}, models: [openai/gpt-oss-120b], rate_limit_rpm: 100}
            """;

        (int code, string shown, string errors) = await RunAsync("show", yaml, "--GroqKit:Deadlines:Headers=9s");

        code.ShouldBe(0, errors);
        shown.ShouldContain("GroqKit:Deadlines:Idle = 7s  # deadlines.idle in groqkit.yaml");
        shown.ShouldContain("GroqKit:Deadlines:Headers = 9s  # environment");
        shown.ShouldContain("GroqKit:Deadlines:Connect = 10s  # default");
        shown.ShouldContain("providers:groq:api_key = ***");
        shown.ShouldContain("GROQKIT_ADMIN_KEY = ***");
        shown.ShouldContain("GROQKIT_DATABASE = Host=db;Database=g;Username=u;Password=***");
        shown.ShouldNotContain("MarkerKey");
        (await RunAsync("check", yaml)).Output.Trim().ShouldBe("The configuration for Production is valid.");
    }

    [Fact]
    public async Task The_schema_for_editors_is_what_the_gateway_reads()
    {
        (int code, string schema, _) = await RunAsync("schema", "", "--environment=Development");

        code.ShouldBe(0);
        string kept = await File.ReadAllTextAsync(
            Path.Combine(Repository.Root, "docs", "groqkit.schema.json"),
            TestContext.Current.CancellationToken
        );
        schema.ShouldBe(kept, "docs/groqkit.schema.json is stale: run eng/config-schema.sh");
    }

    [Fact]
    public async Task A_command_that_does_not_exist_says_which_do()
    {
        var errors = new StringWriter();

        (await ConfigCommand.RunAsync(["config", "sing"], TextWriter.Null, errors)).ShouldBe(2);

        errors.ToString().ShouldStartWith("Usage: config check");
    }

    public void Dispose() => _folder.Dispose();

    private async Task<(int Code, string Output, string Errors)> RunAsync(
        string command,
        string yaml,
        params string[] more
    )
    {
        string path = _folder.At("groqkit.yaml");
        await File.WriteAllTextAsync(path, yaml, TestContext.Current.CancellationToken);
        var output = new StringWriter();
        var errors = new StringWriter();
        string[] environment = more.Any(option => option.StartsWith("--environment", StringComparison.Ordinal))
            ? []
            : ["--environment=Production"];
        int code = await ConfigCommand.RunAsync(
            ["config", command, $"--GROQKIT_CONFIG={path}", .. environment, .. more],
            output,
            errors
        );
        return (code, output.ToString(), errors.ToString());
    }
}
