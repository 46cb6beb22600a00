using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;
using GroqKit.TestKit.Servers;
using Microsoft.AspNetCore.Http;

namespace GroqKit.EndToEnd.Nodes;

/// <summary>Three gateways, each a process of its own, over one database behind nginx.</summary>
public abstract class Cluster(bool redis) : IAsyncLifetime
{
    private const string AdminKey = "end-to-end-tests-own-key";

    private static readonly TimeSpan SafetyTimeout = TimeSpan.FromMinutes(2);

    /// <summary>Costs 12 × 0.15 + 3 × 0.60 dollars per million tokens.</summary>
    private const string Completion =
        """{"id":"c1","object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}],"usage":{"prompt_tokens":12,"completion_tokens":3,"total_tokens":15}}""";

    private const string Hello =
        """{"model":"openai/gpt-oss-120b","max_completion_tokens":100,"messages":[{"role":"user","content":"Hello"}]}""";

    private readonly TempDirectory _folder = new();
    private readonly List<GatewayProcess> _started = [];
    private readonly ConcurrentBag<string> _held = [];
    private PostgresServer? _postgres;
    private RedisServer? _redis;
    private LoopbackServer? _provider;
    private NginxServer? _nginx;
    private HttpClient _client = null!;
    private (string Name, string Value)[] _environment = [];
    private string _database = "";
    private TaskCompletionSource _hold = new();

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
        _provider = await LoopbackServer.StartAsync(ProvideAsync, record: false);
        _database = await _postgres.CreateDatabaseAsync();
        _environment =
        [
            ("DOTNET_ENVIRONMENT", "Development"),
            ("GROQKIT_ADMIN_KEY", AdminKey),
            ("GROQKIT_MASTER_KEY", Convert.ToBase64String(new byte[32])),
            ("GROQKIT_DATABASE", _database),
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

    public Task<HttpResponseMessage> ChatAsync(Uri address, string key) => ChatAsync(address, key, Hello);

    /// <summary>Posts a chat body with an <c>Idempotency-Key</c>, as the administrator.</summary>
    public Task<HttpResponseMessage> OnceAsync(Uri address, string body, string once) =>
        ChatAsync(address, AdminKey, body, once);

    /// <summary>Calls whose body holds a text, as the provider saw them.</summary>
    public int CallsWith(string text) => _held.Count(body => body.Contains(text, StringComparison.Ordinal));

    /// <summary>From now on the provider answers bodies that hold "held" only after <see cref="Release"/>.</summary>
    public void Hold() => _hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => _hold.TrySetResult();

    /// <summary>Runs SQL on the nodes' database.</summary>
    public Task<string> QueryAsync(string sql) => _postgres!.QueryAsync(_database, sql);

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

    private async Task<HttpResponseMessage> ChatAsync(Uri address, string key, string body, string? once = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "/v1/chat/completions"));
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Authorization = Bearer(key);
        if (once is not null)
            request.Headers.Add("Idempotency-Key", once);
        return await _client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private async Task ProvideAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        string body = await reader.ReadToEndAsync(context.RequestAborted);
        if (body.Contains("held", StringComparison.Ordinal))
        {
            _held.Add(body);
            await _hold.Task.WaitAsync(SafetyTimeout, context.RequestAborted);
        }
        RequestDelegate answer = body.Contains("\"stream\":true", StringComparison.Ordinal)
            ? Answer.Stream("text/event-stream", Chunks.Role, Chunks.Word("Hi"), Chunks.Stop, Chunks.Done)
            : Answer.Json(Completion);
        await answer(context);
    }

    private static AuthenticationHeaderValue Bearer(string key) => new("Bearer", key);
}
