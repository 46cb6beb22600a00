using System.Net.Http.Headers;
using System.Text;
using GroqKit.Simulator.Hosting;

namespace GroqKit.Simulator.Tests;

/// <summary>A simulator of its own and a plain HTTP client that talks to it; as a class fixture or within one test.</summary>
public sealed class Sim : IAsyncLifetime
{
    public const string Quick = "openai/gpt-oss-20b";
    public const string Parallel = "qwen/qwen3.8-27b";
    public const string ChatPath = "/openai/v1/chat/completions";

    private readonly SimulatorOptions _options;

    public Sim()
        : this(new SimulatorOptions()) { }

    private Sim(SimulatorOptions options) => _options = options;

    public SimulatorServer Server { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<Sim> StartAsync(SimulatorOptions? options = null)
    {
        var sim = new Sim(options ?? new());
        await sim.InitializeAsync();
        return sim;
    }

    public async ValueTask InitializeAsync()
    {
        Server = await SimulatorServer.StartAsync(_options, Stop);
        Http = new HttpClient { BaseAddress = Server.BaseAddress };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "gsk_test");
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
    }

    /// <summary>A chat request; <paramref name="more"/> is further properties, such as <c>"stream":true</c>.</summary>
    public static string Chat(string more = "", string model = Quick, string prompt = "Why is the sky blue?") =>
        $$"""{"model":"{{model}}","messages":[{"role":"user","content":"{{prompt}}"}]{{(more.Length > 0 ? "," + more : "")}}}""";

    public Task<Reply> ChatAsync(string json, params (string Name, string Value)[] headers) =>
        SendAsync("POST", ChatPath, json, headers);

    public async Task<Reply> SendAsync(
        string method,
        string path,
        string? json = null,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        foreach ((string name, string value) in headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await SendAsync(request);
    }

    public async Task<Reply> SendAsync(HttpRequestMessage request)
    {
        using HttpResponseMessage response = await Http.SendAsync(request, Stop);
        return await Reply.ReadAsync(response, Stop);
    }
}
