using System.Net.Http.Headers;
using System.Text;
using GroqKit.Gateway.Hosting;
using GroqKit.Gateway.Infrastructure.Configuration;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Limits;
using GroqKit.Gateway.Services.Snapshots;
using GroqKit.Gateway.Services.Usage;
using GroqKit.TestKit.Loopback;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace GroqKit.Gateway.Tests.Running;

/// <summary>A gateway in this process on a free port, put together as Program does it, in front of a scripted provider.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    public const string Key = "key-of-the-test-caller";
    public const string ProviderKey = "gsk_of_the_gateway";
    public const string Hello = """{"model":"m","messages":[{"role":"user","content":"Hello"}]}""";
    public const string HelloStream = """{"model":"m","stream":true,"messages":[{"role":"user","content":"Hello"}]}""";

    private readonly TempDirectory _data = new();
    private readonly WebApplication _app;
    private LivedTimeProvider? _time;

    private RunningGateway(LoopbackServer provider, TimeProvider time, string[] settings)
    {
        Provider = provider;
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder([
            "--hostBuilder:reloadConfigOnChange=false",
            "--urls=http://127.0.0.1:0",
            "--environment=Development",
            $"--GROQ_API_KEY={ProviderKey}",
            $"--GROQ_BASE_URL={provider.Address}",
            $"--GROQKIT_ADMIN_KEY={Key}",
            $"--GroqKit:DataDirectory={_data.FullPath}",
            "--GroqKit:Retries:LongestWait=0s",
            "--GroqKit:Shutdown:Announce=0s",
            "--GroqKit:Shutdown:Grace=0s",
            // Its calls would be among those that tests count.
            "--GroqKit:Sync:Enabled=false",
            .. settings,
        ]);
        builder.AddLogs();
        ConfigLoader loader = ConfigLoader.LoadValid(builder.Configuration, builder.Environment);
        builder.Services.AddConfigurationFile(loader);
        GatewaySettings read = loader.Settings;
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton<IUsageSink>(Usage);
        builder.AddGateway(read, read.Provider!);
        _app = builder.Build();
        _app.MapGateway();
    }

    public LoopbackServer Provider { get; }

    /// <summary>The folder with everything that it keeps outside the database.</summary>
    public string DataDirectory => _data.FullPath;

    public RecordedUsage Usage { get; } = new();

    public IServiceProvider Services => _app.Services;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Sends the caller's key with every request.</summary>
    public HttpClient Client { get; } = new();

    public static Task<RunningGateway> StartAsync(RequestDelegate provider, params string[] settings) =>
        StartAsync(provider, TimeProvider.System, settings);

    /// <summary>
    /// One whose clock stands where the machine does, so that no deadline is about how busy that is. It may count less time than providers took.
    /// </summary>
    public static async Task<RunningGateway> StartLivedAsync(RequestDelegate provider, params string[] settings)
    {
        var time = new LivedTimeProvider();
        RunningGateway gateway = await StartAsync(provider, time, settings);
        gateway._time = time;
        return gateway;
    }

    public static async Task<RunningGateway> StartAsync(
        RequestDelegate provider,
        TimeProvider time,
        params string[] settings
    )
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        LoopbackServer server = await LoopbackServer.StartAsync(provider, cancellationToken: cancellationToken);
        var gateway = new RunningGateway(server, time, settings);
        await gateway._app.PrepareAsync(cancellationToken);
        await gateway._app.StartAsync(cancellationToken);
        gateway.Client.BaseAddress = gateway.Address;
        gateway.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        return gateway;
    }

    /// <summary>A gateway whose caller has limits.</summary>
    public static async Task<RunningGateway> StartLimitedAsync(
        RequestDelegate provider,
        TimeProvider time,
        LimitPolicy limits,
        LimitPolicy users
    )
    {
        RunningGateway gateway = await StartAsync(provider, time);
        CallerKey key = TestKeys.Of(Key) with { Id = "key_limited", Limits = limits, UserLimits = users };
        var current = gateway.Services.GetRequiredService<CurrentSnapshot>();
        current.Value = gateway
            .Services.GetRequiredService<SnapshotBuilder>()
            .Build(new StoredConfiguration(current.Value.Version, [key], [], []), _ => { });
        return gateway;
    }

    /// <summary>Posts a chat body and returns as soon as the answer's headers are there.</summary>
    public Task<HttpResponseMessage> ChatAsync(string body, string path = "/v1/chat/completions") =>
        ChatAsync(new StringContent(body, Encoding.UTF8, "application/json"), path);

    public Task<HttpResponseMessage> ChatAsync(HttpContent body, string path = "/v1/chat/completions")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body };
        return Client.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            TestContext.Current.CancellationToken
        );
    }

    /// <summary>Posts JSON and returns as soon as the answer's headers are there.</summary>
    public Task<HttpResponseMessage> PostJsonAsync(
        string path,
        string body,
        params (string Name, string Value)[] headers
    )
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        foreach ((string name, string value) in headers)
            request.Headers.Add(name, value);
        return Client.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            TestContext.Current.CancellationToken
        );
    }

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        await Provider.DisposeAsync();
        _time?.Dispose();
        _data.Dispose();
    }
}
