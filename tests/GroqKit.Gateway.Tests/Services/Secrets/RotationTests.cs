using System.Net;
using System.Security.Cryptography;
using Dapper;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Services.Secrets;
using GroqKit.Gateway.Services.Snapshots;
using GroqKit.Gateway.Services.Webhooks;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;
using Microsoft.Extensions.DependencyInjection;

namespace GroqKit.Gateway.Tests.Services.Secrets;

[Requirement("GW-15")]
public sealed class RotationTests(TestDatabases databases)
{
    private readonly string _old = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private readonly string _new = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    [Theory, EveryEngine]
    public async Task The_master_key_is_exchanged_under_traffic_without_losing_a_call(Engine engine)
    {
        string database = $"--GROQKIT_DATABASE={await databases.CreateAsync(engine)}";
        await using LoopbackServer provider = await ScriptedProvider.StartAsync(Answer.Json(Chunks.Whole));
        await using RunningGateway before = await StartAsync(database, $"--GROQKIT_MASTER_KEY={_old}");
        await before.PostAsync(
            "/api/providers",
            $$"""{"name":"mine","kind":"openai","baseUrl":"{{provider.Address}}","apiKey":"sk-of-the-provider"}"""
        );
        await before.PostAsync("/api/webhooks", $$"""{"url":"{{provider.Address}}"}""");
        await using RunningGateway rotating = await StartAsync(
            database,
            $"--GROQKIT_MASTER_KEY={_new}",
            $"--GROQKIT_PREVIOUS_MASTER_KEY={_old}"
        );
        using var stop = new CancellationTokenSource();
        int calls = 0;
        Task traffic = Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    (await CallAsync(rotating)).ShouldBe(HttpStatusCode.OK);
                    calls++;
                }
            },
            TestContext.Current.CancellationToken
        );

        await UntilAsync(() => calls >= 100);
        SyncResultOf(await RewrapAsync(rotating)).ShouldBe("2 secrets moved to the present master key.");
        int moved = calls;
        await UntilAsync(() => calls >= moved + 100);
        await stop.CancelAsync();
        await traffic.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        TestContext.Current.TestOutputHelper!.WriteLine($"{engine}: {calls} calls while the key was exchanged, 0 lost");
        calls.ShouldBeGreaterThanOrEqualTo(200);
        SyncResultOf(await RewrapAsync(rotating)).ShouldBe("0 secrets moved to the present master key.");
        await using RunningGateway after = await StartAsync(database, $"--GROQKIT_MASTER_KEY={_new}");
        (await CallAsync(after)).ShouldBe(HttpStatusCode.OK);
        provider.Requests.ShouldAllBe(request => request.Headers["Authorization"] == "Bearer sk-of-the-provider");
        await after.Services.GetRequiredService<SnapshotKeeper>().ReloadAsync(TestContext.Current.CancellationToken);
        var secrets = after.Services.GetRequiredService<WebhookSecrets>();
        foreach (
            WebhookTarget target in await after
                .Services.GetRequiredService<IAllWebhooks>()
                .TargetsAsync(TestContext.Current.CancellationToken)
        )
            secrets.Open(WebhookSecrets.PlaceOfTarget(target.Tenant, target.Id), target.Secrets).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_secret_that_was_moved_to_another_row_does_not_decrypt()
    {
        string address = await databases.CreateAsync(Engine.Sqlite);
        await using RunningGateway gateway = await StartAsync(
            $"--GROQKIT_DATABASE={address}",
            $"--GROQKIT_MASTER_KEY={_old}"
        );
        foreach (string name in (string[])["a", "b"])
            await gateway.PostAsync(
                "/api/providers",
                $$"""{"name":"{{name}}","kind":"openai","baseUrl":"http://127.0.0.1:1","apiKey":"sk-{{name}}"}"""
            );
        await gateway
            .Services.GetRequiredService<IDatabase>()
            .WriteAsync(
                transaction =>
                    transaction.Connection!.ExecuteAsync(
                        "UPDATE providers SET api_key = (SELECT api_key FROM providers WHERE name = 'a') WHERE name = 'b'",
                        transaction: transaction
                    ),
                TestContext.Current.CancellationToken
            );

        SecretException failure = await Should.ThrowAsync<SecretException>(() =>
            StartAsync($"--GROQKIT_DATABASE={address}", $"--GROQKIT_MASTER_KEY={_old}")
        );

        failure.Message.ShouldBe("The stored secret of default/providers/b was changed, or belongs elsewhere.");
    }

    [Fact]
    public async Task A_wrong_master_key_stops_the_start_and_says_so()
    {
        string address = await databases.CreateAsync(Engine.Sqlite);
        await using (
            RunningGateway gateway = await StartAsync($"--GROQKIT_DATABASE={address}", $"--GROQKIT_MASTER_KEY={_old}")
        )
            await gateway.PostAsync("/api/providers", """{"name":"a","kind":"openai","apiKey":"sk-a"}""");

        SecretException failure = await Should.ThrowAsync<SecretException>(() =>
            StartAsync($"--GROQKIT_DATABASE={address}", $"--GROQKIT_MASTER_KEY={_new}")
        );

        failure.Message.ShouldStartWith("GROQKIT_MASTER_KEY is not the one that the secret of default/providers/a");
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var safety = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        safety.CancelAfter(TimeSpan.FromSeconds(30));
        while (!isSo())
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, safety.Token);
    }

    private static Task<RunningGateway> StartAsync(params string[] settings) =>
        RunningGateway.StartAsync(Answer.Json(Chunks.Whole), settings);

    private static Task<GroqKit.Gateway.Services.Sync.SyncResult> RewrapAsync(RunningGateway gateway) =>
        gateway.Services.GetRequiredService<RewrapTask>().RunAsync(TestContext.Current.CancellationToken);

    private static string SyncResultOf(GroqKit.Gateway.Services.Sync.SyncResult result) => result.Summary;

    private static async Task<HttpStatusCode> CallAsync(RunningGateway gateway) =>
        (
            await gateway.PostAsync(
                "/v1/chat/completions",
                RunningGateway.Hello.Replace("\"m\"", "\"mine/m\"", StringComparison.Ordinal)
            )
        ).Status;
}
