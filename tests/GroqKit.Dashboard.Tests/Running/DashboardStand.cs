using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using GroqKit.Dashboard.Tests.Running;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Servers;

[assembly: AssemblyFixture(typeof(DashboardStand))]

namespace GroqKit.Dashboard.Tests.Running;

/// <summary>
/// A gateway as its operator starts it, with the simulator behind it, on a folder of its own. Most tests share one; its database is SQLite, or
/// PostgreSQL where <c>GROQKIT_DASHBOARD_DATABASE=postgres</c> says so.
/// </summary>
public class DashboardStand : IAsyncLifetime
{
    public const string AdminKey = "sk-dashboard-tests-0123456789abcdef0123456789";

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("groqkit-dashboard-");
    private GatewayProcess? _process;
    private PostgresServer? _postgres;

    internal Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <summary>Where its database is.</summary>
    internal string Database { get; private set; } = "";

    internal HttpClient Http { get; } = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });

    public async ValueTask InitializeAsync()
    {
        Database = await CreateDatabaseAsync();
        _process = GatewayProcess.Start(
            _data.FullName,
            ("GROQKIT_ADMIN_KEY", AdminKey),
            ("ASPNETCORE_ENVIRONMENT", "Development"),
            ("GROQKIT_DATABASE", Database)
        );
        Address = await _process.ListeningAsync();
        Http.BaseAddress = Address;
    }

    internal async Task<JsonNode> SendAsync(HttpMethod method, string path, string? json = null, string key = AdminKey)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await Http.SendAsync(request);
        string body = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue($"{method} {path}: {body}");
        return body.Length == 0 ? new JsonObject() : JsonNode.Parse(body)!;
    }

    /// <summary>A key with that role.</summary>
    internal async Task<string> KeyAsync(string role) =>
        (string)
            (await SendAsync(HttpMethod.Post, "/api/keys", $$"""{"name":"{{role}} of a test","role":"{{role}}"}"""))[
                "key"
            ]!;

    internal Task ChatAsync(string model = "openai/gpt-oss-20b") =>
        SendAsync(
            HttpMethod.Post,
            "/v1/chat/completions",
            $$"""{"model":"{{model}}","messages":[{"role":"user","content":"Say hello."}]}"""
        );

    protected virtual bool IsOnPostgres =>
        Environment.GetEnvironmentVariable("GROQKIT_DASHBOARD_DATABASE") == "postgres";

    private async Task<string> CreateDatabaseAsync()
    {
        if (!IsOnPostgres || PostgresServer.Installed is null)
            return $"Data Source={Path.Combine(_data.FullName, "groqkit.db")}";
        _postgres = await PostgresServer.StartAsync();
        return await _postgres.CreateDatabaseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Http.Dispose();
        if (_process is not null)
            await _process.DisposeAsync();
        if (_postgres is not null)
            await _postgres.DisposeAsync();
        _data.Delete(recursive: true);
    }
}
