using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Tests.Running;
using GroqKit.Simulator.Hosting;
using GroqKit.TestKit.Loopback;
using RecordedRequest = GroqKit.Simulator.Requests.RecordedRequest;

namespace GroqKit.Gateway.Tests.Api.Voice;

/// <summary>A gateway in front of two simulated Groqs, the first of which may be at fault, behind the agent <c>talker</c>.</summary>
internal sealed class VoiceStand : IAsyncDisposable
{
    public const string Agent = "talker";
    public const string Hearing = "whisper-large-v3-turbo";

    // One that does not think first: another goes on with its answer where it broke.
    public const string Answering = "llama-3.3-70b-versatile";
    public const string Speaking = "canopylabs/orpheus-v1-english";
    public const string Path = $"/v1/agents/{Agent}/voice";

    private static readonly TimeSpan SafetyTimeout = TimeSpan.FromSeconds(30);

    private VoiceStand(RunningGateway gateway, SimulatorServer first, SimulatorServer second)
    {
        Gateway = gateway;
        First = first;
        Second = second;
    }

    public RunningGateway Gateway { get; }

    public SimulatorServer First { get; }

    public SimulatorServer Second { get; }

    /// <summary>Calls that reached a provider and have not ended.</summary>
    public IEnumerable<RecordedRequest> Open =>
        First.Requests.Concat(Second.Requests).Where(request => request.EndedAt is null);

    public static Task<VoiceStand> StartAsync(params string[] settings) => StartAsync(new SimulatorOptions(), settings);

    public static Task<VoiceStand> StartAsync(SimulatorOptions options, params string[] settings) =>
        StartAsync(options, TimeProvider.System, settings);

    /// <summary>One whose deadlines are not about how busy the machine is.</summary>
    public static Task<VoiceStand> StartLivedAsync(params string[] settings) =>
        StartAsync(new SimulatorOptions(), null, settings);

    /// <param name="options">The providers.</param>
    /// <param name="time">The gateway's clock; null: one that stands where the machine does.</param>
    /// <param name="settings">The gateway's.</param>
    public static async Task<VoiceStand> StartAsync(
        SimulatorOptions options,
        TimeProvider? time,
        params string[] settings
    )
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        options = options with { RecordedRequests = 100_000, EnterpriseModels = true };
        SimulatorServer first = await SimulatorServer.StartAsync(options, cancellationToken);
        SimulatorServer second = await SimulatorServer.StartAsync(options, cancellationToken);
        RunningGateway gateway = time is null
            ? await RunningGateway.StartLivedAsync(Answer.Json("{}", 500), settings)
            : await RunningGateway.StartAsync(Answer.Json("{}", 500), time, settings);
        AdminAnswer[] made =
        [
            await gateway.PostAsync("/api/providers", Provider("first", first)),
            await gateway.PostAsync("/api/providers", Provider("second", second)),
            await gateway.PostAsync("/api/agents", $$"""{"name":"{{Agent}}"}"""),
            await PutAsync(gateway, "stt", Hearing),
            await PutAsync(gateway, "llm", Answering),
            await PutAsync(gateway, "tts", Speaking),
        ];
        made.ShouldAllBe(answer => (int)answer.Status < 300);
        return new VoiceStand(gateway, first, second);
    }

    /// <summary>Sends a turn and returns as soon as its answer's headers are there.</summary>
    public Task<HttpResponseMessage> SendAsync(
        HttpContent content,
        string query = "",
        string? conversation = null,
        CancellationToken? cancellationToken = null
    )
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Path + query) { Content = content };
        if (conversation is not null)
            request.Headers.Add("x-groqkit-conversation", conversation);
        return Gateway.Client.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            cancellationToken ?? TestContext.Current.CancellationToken
        );
    }

    /// <summary>Sends any request and returns as soon as its answer's headers are there.</summary>
    public Task<HttpResponseMessage> AskAsync(
        HttpMethod method,
        string path,
        HttpContent? content = null,
        params (string Name, string Value)[] headers
    )
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        foreach ((string name, string value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return Gateway.Client.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            TestContext.Current.CancellationToken
        );
    }

    /// <summary>A typed turn's body.</summary>
    public static HttpContent Words(string text) =>
        new StringContent(new JsonObject { ["text"] = text }.ToJsonString(), Encoding.UTF8, "application/json");

    /// <summary>What came of a turn.</summary>
    public async Task<JsonObject> ResultAsync(string turn)
    {
        using HttpResponseMessage answer = await AskAsync(
            HttpMethod.Get,
            $"{Path}/{turn}",
            content: null,
            ("Accept", "application/json")
        );
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.TextAsync());
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        return JsonNode.Parse(await answer.TextAsync())!.AsObject();
    }

    /// <summary>Has the model write a certain text from now on.</summary>
    public Task LetWriteAsync(string text) => LetDoAsync(new JsonObject { ["text"] = text }.ToJsonString());

    /// <summary>What the model does from now on, step by step; the last again and again.</summary>
    public async Task LetDoAsync(params string[] steps)
    {
        string script = new JsonObject
        {
            ["scenarios"] = new JsonArray(
                new JsonObject
                {
                    ["name"] = "an answer",
                    ["model"] = Answering,
                    ["steps"] = new JsonArray([.. steps.Select(step => JsonNode.Parse(step))]),
                    ["then"] = "repeat",
                }
            ),
        }.ToJsonString();
        foreach (SimulatorServer server in (SimulatorServer[])[First, Second])
        {
            using HttpResponseMessage told = await Gateway.Client.PostAsync(
                new Uri(server.BaseAddress, "/sim/scenarios"),
                new StringContent(script, Encoding.UTF8, "application/json"),
                TestContext.Current.CancellationToken
            );
            told.IsSuccessStatusCode.ShouldBeTrue(await told.TextAsync());
        }
    }

    /// <summary>Makes another agent that is the same in all but its name.</summary>
    public async Task AddAgentAsync(string name)
    {
        (await Gateway.PostAsync("/api/agents", $$"""{"name":"{{name}}"}""")).Status.ShouldBe(
            System.Net.HttpStatusCode.Created
        );
        await PutAsync(Gateway, "llm", Answering, name);
        await PutAsync(Gateway, "tts", Speaking, name);
    }

    /// <summary>A turn that was typed.</summary>
    public Task<HttpResponseMessage> TypeAsync(string text, string query = "", string? conversation = null) =>
        SendAsync(Words(text), query, conversation);

    public static HttpContent Sound(byte[] sound, string type = "audio/wav") =>
        new ByteArrayContent(sound) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };

    /// <summary>The events of an answer, as they come.</summary>
    public static async IAsyncEnumerable<JsonObject> EventsAsync(HttpResponseMessage answer)
    {
        answer.IsSuccessStatusCode.ShouldBeTrue(answer.IsSuccessStatusCode ? "" : await answer.TextAsync());
        Stream body = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await foreach (SseItem<string> item in SseParser.Create(body).EnumerateAsync())
        {
            JsonObject happened = JsonNode.Parse(item.Data)!.AsObject();
            happened["type"]!.GetValue<string>().ShouldBe(item.EventType);
            item.EventId.ShouldBe(happened["seq"]!.ToString());
            yield return happened;
        }
    }

    public static async Task<List<JsonObject>> ReadAsync(HttpResponseMessage answer)
    {
        var events = new List<JsonObject>();
        using (answer)
        {
            await foreach (JsonObject happened in EventsAsync(answer))
                events.Add(happened);
        }
        return events;
    }

    /// <summary>A question as a WAV file whose words the simulator hears again.</summary>
    public async Task<byte[]> SayAsync(string text)
    {
        using HttpResponseMessage spoken = await Gateway.PostJsonAsync(
            "/v1/audio/speech",
            new JsonObject
            {
                ["model"] = $"agent/{Agent}",
                ["input"] = text,
                ["response_format"] = "wav",
                // What is not made slower on its way keeps the words that the simulator hides in its samples.
                ["sample_rate"] = 16_000,
            }.ToJsonString()
        );
        spoken.EnsureSuccessStatusCode();
        return await spoken.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The messages that the model was asked with the last time.</summary>
    public JsonArray LastAskedOfModel() =>
        JsonNode.Parse(
            First
                .Requests.Last(request => request.Path.EndsWith("/chat/completions", StringComparison.Ordinal))
                .BodyText
        )!["messages"]!.AsArray();

    /// <summary>Waits until no call to a provider is open.</summary>
    public async Task UntilIdleAsync()
    {
        foreach (SimulatorServer server in (SimulatorServer[])[First, Second])
        {
            while (server.Requests.FirstOrDefault(request => request.EndedAt is null) is { } open)
            {
                await server
                    .Requests.WaitForAsync(
                        request => ReferenceEquals(request, open) && request.EndedAt is not null,
                        TestContext.Current.CancellationToken
                    )
                    .WaitAsync(SafetyTimeout, TestContext.Current.CancellationToken);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await First.DisposeAsync();
        await Second.DisposeAsync();
    }

    private static Task<AdminAnswer> PutAsync(
        RunningGateway gateway,
        string service,
        string model,
        string agent = Agent
    ) =>
        gateway.PutAsync(
            $"/api/agents/{agent}/providers/{service}",
            $$"""{"provider":"first","model":"{{model}}","config":{},"fallback":[{"provider":"second","model":"{{model}}"}]}"""
        );

    private static string Provider(string name, SimulatorServer server) =>
        $$"""{"name":"{{name}}","kind":"groq","baseUrl":"{{server.BaseAddress}}","apiKey":"key-of-{{name}}-0123456789"}""";
}
