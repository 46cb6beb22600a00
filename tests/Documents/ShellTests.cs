using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using GroqKit.Gateway.Tests.Running;
using GroqKit.Simulator.Hosting;
using GroqKit.TestKit.Servers;

namespace GroqKit.Documents;

/// <summary>Commands that are shown are run; those that need what a test has not are read by bash, and name what is there.</summary>
[Requirement("DL-03")]
public sealed partial class ShellTests
{
    private const string Admin = "a-key-for-the-documents";

    // Why a command may not be run here.
    private static readonly string[] Needs = ["engine", "feed", "microphone", "minutes"];

    public static TheoryData<string> AtGateway => Block.Places(block => block.Fate == "gateway");

    public static TheoryData<string> AtSimulator => Block.Places(block => block.Fate == "simulator");

    public static TheoryData<string> Starting => Block.Places(block => block.Fate == "starts");

    public static TheoryData<string> Needing => Block.Places(block => block.Fate == "needs");

    public static TheoryData<string> Commands => Block.Places(block => block.Fate == "command");

    public static TheoryData<string> OnDatabases => Block.Places(block => block.Fate == "databases");

    public static TheoryData<string> All => Block.Places(block => block.Language == "sh");

    [Theory]
    [MemberData(nameof(All))]
    public async Task Bash_reads_it(string place)
    {
        Command run = await Command.RunAsync("bash", ["-n", "-c", Block.At(place).Text], Repository.Root);

        run.Error.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(AtGateway))]
    public async Task It_succeeds_at_a_gateway(string place)
    {
        using var folder = new TempDirectory();
        await using SimulatorServer providers = await SimulatorServer.StartAsync();
        await using GatewayProcess gateway = GatewayProcess.Start(
            folder.FullPath,
            ("DOTNET_ENVIRONMENT", "Development"),
            ("GROQKIT_ADMIN_KEY", Admin),
            ("GROQ_API_KEY", "gsk_documents"),
            ("GROQ_BASE_URL", providers.BaseAddress.ToString()),
            ("OPENAI_API_KEY", "sk-documents"),
            ("OPENAI_BASE_URL", new Uri(providers.BaseAddress, "sim/openai").ToString())
        );
        Uri address = await gateway.ListeningAsync();
        Reader reader = await Reader.PrepareAsync(address, Admin);

        Command run = await Shell.RunInAsync(
            folder.FullPath,
            Shell.Script(
                Block.At(place),
                ("http://127.0.0.1:8080", address.AbsoluteUri.TrimEnd('/')),
                ("gk_dev_…", Admin),
                ("KEY_ID", reader.Key),
                ("WEBHOOK_ID", reader.Webhook)
            ),
            ("URL", address.AbsoluteUri.TrimEnd('/')),
            ("ADMIN", Admin)
        );

        run.Code.ShouldBe(0, $"{run.Output}\n{run.Error}\n{gateway.Output}");
    }

    [Theory]
    [MemberData(nameof(AtSimulator))]
    public async Task It_succeeds_at_a_simulator(string place)
    {
        await using SimulatorServer groq = await SimulatorServer.StartAsync();

        Command run = await RunAsync(place, groq, Repository.Root);

        run.Output.ShouldNotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Starting))]
    public async Task It_starts_a_server_that_listens(string place)
    {
        using var folder = new TempDirectory();
        string script = Shell.Script(
            Block.At(place),
            ("http://127.0.0.1:9100", "http://127.0.0.1:0"),
            ("gsk_…", "gsk_documents")
        );

        await using ListeningProgram server = await ListeningProgram.StartAsync(
            "bash",
            ["-c", script],
            Repository.Root,
            ("FREE_PORT", "yes"),
            ("GroqKit__DataDirectory", folder.FullPath)
        );

        using var client = new HttpClient { BaseAddress = server.Address };
        using HttpResponseMessage answer = await client.GetAsync("", TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBeLessThan(500);
    }

    [Theory]
    [MemberData(nameof(Needing))]
    public void What_is_not_run_says_why_and_names_what_is_there(string place)
    {
        Block block = Block.At(place);

        Needs.ShouldContain(block.Argument);
        foreach (Match file in Script().Matches(block.Text))
        {
            string path = file.Groups["path"].Value;
            if (Directory.Exists(Repository.At(path)))
                continue;
            File.Exists(Repository.At(path)).ShouldBeTrue(path);
            string text =
                File.ReadAllText(Repository.At(path))
                + Repository.Files("bench", "*.cs").Aggregate("", (all, one) => all + File.ReadAllText(one));
            Option()
                .Matches(file.Groups["rest"].Value.Split('#')[0])
                .Select(option => option.Value)
                .Where(option =>
                    !text.Contains(option, StringComparison.Ordinal)
                    && !text.Contains($"\"{option.TrimStart('-')}\"", StringComparison.Ordinal)
                )
                .ShouldBeEmpty(path);
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_command_of_ours_does_its_work_at_a_simulator(string place)
    {
        await using SimulatorServer groq = await SimulatorServer.StartAsync();
        using var folder = new TempDirectory();
        await SampleFiles.WriteAsync(folder, groq);
        groq.Requests.Clear();

        Command run = await RunAsync(place, groq, folder.FullPath);

        run.Error.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(OnDatabases))]
    public async Task It_succeeds_with_databases(string place)
    {
        Assert.SkipUnless(PostgresServer.Installed is not null, "PostgreSQL is not installed.");
        await using PostgresServer server = await PostgresServer.StartAsync();
        string target = await server.CreateDatabaseAsync();
        using var folder = new TempDirectory();
        await using (
            GatewayProcess gateway = GatewayProcess.Start(folder.FullPath, ("DOTNET_ENVIRONMENT", "Development"))
        )
            await gateway.ListeningAsync();
        Dictionary<string, string> parts = target
            .Split(';')
            .Select(part => part.Split('='))
            .ToDictionary(part => part[0], part => part[1], StringComparer.Ordinal);

        Command run = await Shell.RunInAsync(
            folder.FullPath,
            Shell.Script(
                Block.At(place),
                ("Host=db;Database=groqkit;Username=groqkit;Password=…", target),
                ("--dbname groqkit", $"--dbname {parts["Database"]}")
            ),
            ("PGHOST", parts["Host"]),
            ("PGPORT", parts["Port"]),
            ("PGUSER", parts["Username"]),
            ("DOTNET_ENVIRONMENT", "Development")
        );

        run.Code.ShouldBe(0, $"{run.Output}\n{run.Error}");
    }

    private static async Task<Command> RunAsync(string place, SimulatorServer groq, string folder)
    {
        string address = groq.BaseAddress.AbsoluteUri.TrimEnd('/');
        Command run = await Shell.RunInAsync(
            folder,
            Shell.Script(Block.At(place), ("http://127.0.0.1:9100", address), ("gsk_…", "gsk_documents")),
            ("GROQ_API_KEY", "gsk_documents"),
            ("GROQ_BASE_URL", address)
        );
        run.Code.ShouldBe(0, $"{run.Output}\n{run.Error}");
        groq.Requests.ShouldNotBeEmpty();
        return run;
    }

    [GeneratedRegex(
        @"(?<![\w/.-])\.?/?(?<path>(eng|bench)/[\w./-]+)(?<rest>[^\n]*)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 30_000
    )]
    private static partial Regex Script();

    [GeneratedRegex(@"(?<=\s)--[a-z][a-z-]*", RegexOptions.None, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex Option();

    /// <summary>What a reader of the documents has by then: an agent, a key and a webhook of their own.</summary>
    private sealed record Reader(string Key, string Webhook)
    {
        public static async Task<Reader> PrepareAsync(Uri gateway, string admin)
        {
            using var client = new HttpClient { BaseAddress = gateway };
            client.DefaultRequestHeaders.Authorization = new("Bearer", admin);
            await MakeAsync(client, "api/agents", new { name = "bot" });
            string key = await MakeAsync(client, "api/keys", new { name = "readers", role = "caller" });
            string webhook = await MakeAsync(client, "api/webhooks", new { url = "https://example.com/groqkit" });
            return new Reader(key, webhook);
        }

        private static async Task<string> MakeAsync(HttpClient client, string path, object body)
        {
            using HttpResponseMessage answer = await client.PostAsJsonAsync(path, body);
            string text = await answer.Content.ReadAsStringAsync();
            answer.IsSuccessStatusCode.ShouldBeTrue(text);
            using JsonDocument made = JsonDocument.Parse(text);
            return made.RootElement.TryGetProperty("id", out JsonElement id) ? id.ToString() : "";
        }
    }
}
