using System.Net;
using System.Net.Http.Json;
using GroqKit.Simulator.Hosting;

namespace GroqKit.Packages;

/// <summary>Each tool is installed from its package and run.</summary>
[Requirement("DL-01")]
public sealed class ToolTests(Packing packing) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TempDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Requirement("CM-01", "DL-01")]
    public async Task Groqkit_streams_an_answer()
    {
        await using SimulatorServer groq = await SimulatorServer.StartAsync();
        string groqkit = await InstallAsync("GroqKit.Cli", "groqkit");

        Command run = await Command.RunAsync(
            groqkit,
            ["chat", "Say hello.", "--base-url", groq.BaseAddress.ToString()],
            _folder.FullPath,
            ("GROQ_API_KEY", "gsk_fresh"),
            ("GROQ_HOST", null)
        );

        run.Code.ShouldBe(0, run.Error);
        run.Output.Trim().Length.ShouldBeGreaterThan(5);
        groq.Requests.Single().BodyText.ShouldContain("\"stream\":true");
    }

    [Fact]
    [Requirement("SM-01", "DL-01")]
    public async Task Groqkit_simulator_serves_a_stream()
    {
        string simulator = await InstallAsync("GroqKit.Simulator.Tool", "groqkit-simulator");

        await using ListeningProgram server = await ListeningProgram.StartAsync(
            simulator,
            ["--urls", "http://127.0.0.1:0"],
            _folder.FullPath
        );

        await StreamAsync(server.Address, "openai/v1/chat/completions");
    }

    [Fact]
    [Requirement("GW-02", "DL-01")]
    public async Task Groqkit_gateway_serves_a_stream_and_its_dashboard()
    {
        string gateway = await InstallAsync("GroqKit.Gateway", "groqkit-gateway");

        await using ListeningProgram server = await ListeningProgram.StartAsync(
            gateway,
            ["--urls", "http://127.0.0.1:0", "--environment", "Development"],
            _folder.FullPath,
            ("GROQKIT_ADMIN_KEY", "a-key-for-this-test")
        );

        await StreamAsync(server.Address, "v1/chat/completions");
        using var client = new HttpClient { BaseAddress = server.Address };
        (await client.GetStringAsync("signin")).ShouldContain("<form");
    }

    private async Task<string> InstallAsync(string id, string command)
    {
        await Command.SucceedAsync(
            "dotnet",
            [
                "tool",
                "install",
                id,
                "--tool-path",
                _folder.At("tools"),
                "--version",
                packing.VersionOf(id),
                "--add-source",
                packing.Feed,
            ],
            _folder.FullPath,
            ("NUGET_PACKAGES", _folder.At("packages"))
        );
        return _folder.At("tools", command);
    }

    private static async Task StreamAsync(Uri server, string path)
    {
        using var client = new HttpClient { BaseAddress = server, Timeout = Patience };
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.Authorization = new("Bearer", "a-key-for-this-test");
        request.Content = JsonContent.Create(
            new
            {
                model = "openai/gpt-oss-20b",
                stream = true,
                messages = new[] { new { role = "user", content = "Say hello." } },
            }
        );

        using HttpResponseMessage answer = await client.SendAsync(request);
        string body = await answer.Content.ReadAsStringAsync();

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        body.Split("data: {").Length.ShouldBeGreaterThan(3);
        body.TrimEnd().ShouldEndWith("data: [DONE]");
    }
}
