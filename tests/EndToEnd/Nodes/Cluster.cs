using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;
using GroqKit.TestKit.Servers;

namespace GroqKit.EndToEnd.Nodes;

/// <summary>Three gateways, each a process of its own, over one database behind nginx.</summary>
public abstract class Cluster(bool redis) : IAsyncLifetime
{
    private const string AdminKey = "end-to-end-tests-own-key";

    /// <summary>Costs 12 × 0.15 + 3 × 0.60 dollars per million tokens.</summary>
    private const string Completion =
        """{"id":"c1","object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}],"usage":{"prompt_tokens":12,"completion_tokens":3,"total_tokens":15}}""";

    private const string Hello =
        """{"model":"openai/gpt-oss-120b","max_completion_tokens":100,"messages":[{"role":"user","content":"Hello"}]}""";

    private readonly TempDirectory _folder = new();
    private readonly List<GatewayProcess> _started = [];
    private PostgresServer? _postgres;
    private RedisServer? _redis;
    private LoopbackServer? _provider;
    private NginxServer? _nginx;
    private HttpClient _client = null!;
    private (string Name, string Value)[] _environment = [];

    public static string? Missing =>
        PostgresServer.Installed is null ? "PostgreSQL is not installed (Debian: postgresql)."
        : RedisServer.Installed is null ? "Redis is not installed (Debian: redis-server)."
        : NginxServer.Installed is null ? "nginx is not installed (Debian: nginx-light)."
        : null;

    public IReadOnlyList<Uri> Nodes { get; private set; } = [];

    /// <summary>The one address in front of them all.</summary>
    public Uri Front => _nginx!.Address;

    public async ValueTask InitializeAsync()
    {
        if (Missing is not null)
            return;
        _postgres = await PostgresServer.StartAsync();
        _provider = await LoopbackServer.StartAsync(Answer.Json(Completion), record: false);
        _environment =
        [
            ("DOTNET_ENVIRONMENT", "Development"),
            ("GROQKIT_ADMIN_KEY", AdminKey),
            ("GROQKIT_DATABASE", await _postgres.CreateDatabaseAsync()),
            ("GROQ_API_KEY", "gsk_of_the_cluster"),
            ("GROQ_BASE_URL", _provider.Address.ToString()),
        ];
        if (redis)
        {
            _redis = await RedisServer.StartAsync();
            _environment = [.. _environment, ("GROQKIT_REDIS", _redis.Address)];
        }
        (GatewayProcess, Uri Address)[] nodes = await Task.WhenAll(
            Enumerable.Range(0, 3).Select(_ => StartNodeAsync())
        );
        Nodes = [.. nodes.Select(node => node.Address)];
        _nginx = await NginxServer.StartAsync(Nodes);
        _client = new HttpClient { DefaultRequestHeaders = { Authorization = Bearer(AdminKey) } };
    }

    /// <summary>Starts one more, which nginx doesn't know.</summary>
    internal async Task<(GatewayProcess Process, Uri Address)> StartNodeAsync()
    {
        GatewayProcess process;
        lock (_started)
        {
            process = GatewayProcess.Start(
                Directory.CreateDirectory(_folder.At($"{_started.Count}")).FullName,
                _environment
            );
            _started.Add(process);
        }
        return (process, await process.ListeningAsync());
    }

    /// <summary>Makes a key on the first node.</summary>
    public async Task<(string Id, string Key)> NewKeyAsync(string limits)
    {
        using HttpResponseMessage made = await _client.PostAsync(
            new Uri(Nodes[0], "/api/keys"),
            new StringContent(
                $$"""{"name":"k{{Guid.NewGuid():N}}","role":"caller","limits":{{limits}}}""",
                Encoding.UTF8,
                "application/json"
            ),
            TestContext.Current.CancellationToken
        );
        string text = await made.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        made.IsSuccessStatusCode.ShouldBeTrue(text);
        JsonNode body = JsonNode.Parse(text)!;
        return ((string)body["id"]!, (string)body["key"]!);
    }

    /// <summary>Revokes a key on the first node.</summary>
    public async Task RevokeAsync(string id)
    {
        using HttpResponseMessage revoked = await _client.DeleteAsync(
            new Uri(Nodes[0], $"/api/keys/{id}"),
            TestContext.Current.CancellationToken
        );
        revoked.IsSuccessStatusCode.ShouldBeTrue();
    }

    public async Task<HttpResponseMessage> ChatAsync(Uri address, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "/v1/chat/completions"));
        request.Content = new StringContent(Hello, Encoding.UTF8, "application/json");
        request.Headers.Authorization = Bearer(key);
        return await _client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_nginx is not null)
            await _nginx.DisposeAsync();
        foreach (GatewayProcess process in _started)
            await process.DisposeAsync();
        if (_provider is not null)
            await _provider.DisposeAsync();
        if (_redis is not null)
            await _redis.DisposeAsync();
        if (_postgres is not null)
            await _postgres.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private static AuthenticationHeaderValue Bearer(string key) => new("Bearer", key);
}
