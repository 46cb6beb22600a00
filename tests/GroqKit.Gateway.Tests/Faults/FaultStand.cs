using System.Text;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Tests.Running;
using GroqKit.Simulator.Hosting;
using GroqKit.TestKit.Loopback;
using RecordedRequest = GroqKit.Simulator.Requests.RecordedRequest;

namespace GroqKit.Gateway.Tests.Faults;

/// <summary>A gateway in front of two simulated providers, Groq first and one that speaks like OpenAI second, behind the agent <c>helper</c>.</summary>
internal sealed class FaultStand : IAsyncDisposable
{
    public const string FirstModel = "llama-3.3-70b-versatile";
    public const string SecondModel = "gpt-4.1-mini";

    private const string ReferenceKey = "Bearer reference";
    private const string Question =
        "Tell me at some length why the sky is blue, in words that a child of seven understands.";

    private FaultStand(RunningGateway gateway, SimulatorServer first, SimulatorServer second)
    {
        Gateway = gateway;
        First = first;
        Second = second;
    }

    public RunningGateway Gateway { get; }

    public SimulatorServer First { get; }

    public SimulatorServer Second { get; }

    /// <summary>Calls of the caller that reached a provider; the gateway's own probes are none.</summary>
    public int Attempts => AskedOf(First).Count() + AskedOf(Second).Count();

    public static async Task<FaultStand> StartAsync(TimeProvider? time = null)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        var options = new SimulatorOptions { EnterpriseModels = true };
        SimulatorServer first = await SimulatorServer.StartAsync(options, cancellationToken);
        SimulatorServer second = await SimulatorServer.StartAsync(options, cancellationToken);
        string[] deadlines =
        [
            "--GroqKit:Deadlines:FirstOutput=500ms",
            "--GroqKit:Deadlines:WholeAnswer=500ms",
            "--GroqKit:Deadlines:Idle=500ms",
            "--GroqKit:Deadlines:Gap=400ms",
        ];
        RunningGateway gateway = time is null
            ? await RunningGateway.StartLivedAsync(Answer.Json("{}", 500), deadlines)
            : await RunningGateway.StartAsync(Answer.Json("{}", 500), time, deadlines);
        AdminAnswer[] made =
        [
            await gateway.PostAsync("/api/providers", Provider("first", "groq", first.BaseAddress)),
            await gateway.PostAsync(
                "/api/providers",
                Provider("second", "openai", new Uri(second.BaseAddress, "sim/openai/v1"))
            ),
            await gateway.PostAsync("/api/agents", """{"name":"helper"}"""),
            await gateway.PutAsync(
                "/api/agents/helper/providers/llm",
                $$"""{"provider":"first","model":"{{FirstModel}}","config":{},"fallback":[{"provider":"second","model":"{{SecondModel}}"}]}"""
            ),
        ];
        made.ShouldAllBe(answer => (int)answer.Status < 300);
        return new FaultStand(gateway, first, second);
    }

    public async Task<HttpResponseMessage> AskAsync(bool streamed, string? onBreak = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = Json(Body("agent/helper", streamed)),
        };
        if (onBreak is not null)
            request.Headers.Add("x-groqkit-on-break", onBreak);
        return await Gateway.Client.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            TestContext.Current.CancellationToken
        );
    }

    /// <summary>What a provider says to the same question when it is asked directly, and nothing goes wrong.</summary>
    public async Task<JsonNode> ReferenceAsync(string name)
    {
        (SimulatorServer server, string path, string model) =
            name == "first"
                ? (First, "openai/v1/chat/completions", FirstModel)
                : (Second, "sim/openai/v1/chat/completions", SecondModel);
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Add("Authorization", ReferenceKey);
        server.Faults.Clear();
        using HttpResponseMessage answer = await client.PostAsync(
            new Uri(server.BaseAddress, path),
            Json(Body(model, streamed: false)),
            TestContext.Current.CancellationToken
        );
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.TextAsync())!;
    }

    /// <summary>The requests that a provider got for the caller.</summary>
    public static IEnumerable<RecordedRequest> AskedOf(SimulatorServer server) =>
        server.Requests.Where(request =>
            !request.BodyText.Contains("ping", StringComparison.Ordinal)
            && request.Headers["Authorization"] != ReferenceKey
        );

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await First.DisposeAsync();
        await Second.DisposeAsync();
    }

    private static string Provider(string name, string kind, Uri address) =>
        $$"""{"name":"{{name}}","kind":"{{kind}}","baseUrl":"{{address}}","apiKey":"key-of-{{name}}-0123456789"}""";

    private static string Body(string model, bool streamed) =>
        $$"""{"model":"{{model}}","stream":{{(streamed ? "true" : "false")}},"messages":[{"role":"user","content":"{{Question}}"}]}""";

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
