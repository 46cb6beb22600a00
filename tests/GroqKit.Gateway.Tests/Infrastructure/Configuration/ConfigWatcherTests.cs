using System.Net;
using GroqKit.Gateway.Infrastructure.Configuration;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;
using Microsoft.Extensions.DependencyInjection;

namespace GroqKit.Gateway.Tests.Infrastructure.Configuration;

[Requirement("GW-13")]
public sealed class ConfigWatcherTests : IDisposable
{
    private readonly TempDirectory _folder = new();

    [Fact]
    public async Task A_providers_new_key_is_in_use_without_a_restart_and_a_broken_file_changes_nothing()
    {
        await using LoopbackServer provider = await ScriptedProvider.StartAsync(Answer.Json(Chunks.Whole));
        Write(provider, "key-one");
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Json(Chunks.Whole),
            $"--GROQKIT_CONFIG={_folder.At("groqkit.yaml")}"
        );
        (await CallAsync(gateway, provider)).ShouldBe("Bearer key-one");

        Write(provider, "key-second");
        await LookAsync(gateway);
        (await CallAsync(gateway, provider)).ShouldBe("Bearer key-second");

        await File.WriteAllTextAsync(_folder.At("groqkit.yaml"), "providers: {mine: {type: ours}}", None);
        await LookAsync(gateway);
        (await CallAsync(gateway, provider)).ShouldBe("Bearer key-second");

        Write(provider, "key-the-third");
        await LookAsync(gateway);
        (await CallAsync(gateway, provider)).ShouldBe("Bearer key-the-third");
    }

    [Fact]
    public async Task A_provider_that_moves_to_another_address_is_asked_there()
    {
        await using LoopbackServer first = await ScriptedProvider.StartAsync(Answer.Json(Chunks.Whole));
        await using LoopbackServer second = await ScriptedProvider.StartAsync(Answer.Json(Chunks.Whole));
        Write(first, "key-one");
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Json(Chunks.Whole),
            $"--GROQKIT_CONFIG={_folder.At("groqkit.yaml")}",
            // Where this machine may not be called by whoever likes.
            "--environment=Production"
        );
        await CallAsync(gateway, first);

        Write(second, "key-one");
        await LookAsync(gateway);

        (await CallAsync(gateway, second)).ShouldBe("Bearer key-one");
        AdminAnswer hook = await gateway.PostAsync("/api/webhooks", $$"""{"url":"{{first.Address}}"}""");
        hook.Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_provider_of_the_file_that_is_not_enabled_is_not_there()
    {
        await using LoopbackServer provider = await ScriptedProvider.StartAsync(Answer.Json(Chunks.Whole));
        Write(provider, "key-one", "enabled: false");
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Json(Chunks.Whole),
            $"--GROQKIT_CONFIG={_folder.At("groqkit.yaml")}"
        );

        (await gateway.GetAsync("/api/providers")).Items("name").ShouldBe(["groq"]);
        Write(provider, "key-one", "enabled: true");
        await LookAsync(gateway);
        (await gateway.GetAsync("/api/providers")).Items("name").ShouldBe(["groq", "mine"]);
    }

    [Fact]
    public async Task A_stated_provider_serves_its_models_at_its_pace_and_tells_its_latency()
    {
        await using LoopbackServer provider = await ScriptedProvider.StartAsync(Answer.Json(Chunks.Whole));
        Write(provider, "key-one", "models: [m]\n    rate_limit_rpm: 2\n    latency_samples: 10");
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Json(Chunks.Whole),
            $"--GROQKIT_CONFIG={_folder.At("groqkit.yaml")}"
        );
        string other = RunningGateway.Hello.Replace("\"m\"", "\"mine/other\"", StringComparison.Ordinal);

        AdminAnswer closed = await gateway.PostAsync("/v1/chat/completions", other);
        closed.Status.ShouldBe(HttpStatusCode.NotFound);
        ((string?)closed.Error["code"]).ShouldBe("model_not_found");
        await CallAsync(gateway, provider);
        await CallAsync(gateway, provider);
        AdminAnswer paced = await gateway.PostAsync(
            "/v1/chat/completions",
            RunningGateway.Hello.Replace("\"m\"", "\"mine/m\"", StringComparison.Ordinal)
        );

        paced.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        ((string?)paced.Error["code"]).ShouldBe("provider_rate_limit");
        provider.Requests.Count.ShouldBe(2);
        var traffic = gateway.Services.GetRequiredService<GroqKit.Gateway.Services.Usage.ProviderTraffic>();
        traffic.Summarize("mine").Latency.ShouldNotBeNull().P50.ShouldBeGreaterThan(0);
    }

    public void Dispose() => _folder.Dispose();

    private static CancellationToken None => TestContext.Current.CancellationToken;

    private void Write(LoopbackServer provider, string key, string more = "") =>
        File.WriteAllText(
            _folder.At("groqkit.yaml"),
            $"providers:\n  mine:\n    type: openai\n    base_url: {provider.Address}\n    api_key: {key}\n    {more}\n"
        );

    private static Task LookAsync(RunningGateway gateway) =>
        gateway.Services.GetRequiredService<ConfigWatcher>().LookAsync(None);

    private static async Task<string> CallAsync(RunningGateway gateway, LoopbackServer provider)
    {
        AdminAnswer answer = await gateway.PostAsync(
            "/v1/chat/completions",
            RunningGateway.Hello.Replace("\"m\"", "\"mine/m\"", StringComparison.Ordinal)
        );
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Body.ToString());
        return (await provider.NextRequestAsync(None)).Headers["Authorization"];
    }
}
