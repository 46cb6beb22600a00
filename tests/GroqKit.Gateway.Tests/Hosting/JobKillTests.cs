using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;
using Microsoft.AspNetCore.Http;

namespace GroqKit.Gateway.Tests.Hosting;

/// <summary>Processes that are killed in the middle of their jobs, which here deliver webhooks.</summary>
[Requirement("GW-12")]
public sealed class JobKillTests(TestDatabases databases) : IDisposable
{
    private const string Key = "key-of-the-kill-test";
    private const int Events = 4;

    private readonly TempDirectory _data = new();
    private readonly ConcurrentBag<string> _arrived = [];
    private Func<HttpContext, Task> _receive = _ => Task.CompletedTask;

    /// <summary>Where the process is killed.</summary>
    public enum Moment
    {
        /// <summary>As soon as the job is asked for.</summary>
        Asked,

        /// <summary>While the job is at work.</summary>
        Working,

        /// <summary>When its work is done, and is about to be noted.</summary>
        Done,

        /// <summary>A moment after.</summary>
        Noted,
    }

    [Theory]
    [InlineData(Moment.Asked)]
    [InlineData(Moment.Working)]
    [InlineData(Moment.Done)]
    [InlineData(Moment.Noted)]
    public async Task A_process_killed_at_any_step_leaves_jobs_that_are_done_and_whose_effect_is_there_once(
        Moment moment
    )
    {
        string address = await databases.CreateAsync(Engine.Sqlite);
        await using LoopbackServer receiver = await ScriptedProvider.StartAsync(ReceiveAsync);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var never = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _receive = moment switch
        {
            Moment.Working => _ =>
            {
                reached.TrySetResult();
                return never.Task;
            },
            _ => context =>
            {
                context.Response.OnCompleted(() =>
                {
                    reached.TrySetResult();
                    return Task.CompletedTask;
                });
                return Task.CompletedTask;
            },
        };
        string target;
        await using (GatewayProcess first = Start(address))
        {
            using HttpClient client = await ClientAsync(first);
            target = (string)(await PostAsync(client, "/api/webhooks", $$"""{"url":"{{receiver.Address}}"}"""))["id"]!;
            for (int i = 0; i < Events; i++)
                await PostAsync(client, $"/api/webhooks/{target}/test", "");
            if (moment != Moment.Asked)
                await reached.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            if (moment == Moment.Noted)
                await UntilAsync(address, "SELECT COUNT(*) FROM jobs WHERE state = 'done'", 1);
            first.Kill();
            await first.ExitAsync();
        }
        never.TrySetCanceled(TestContext.Current.CancellationToken);
        _receive = _ => Task.CompletedTask;
        // Nobody is left to renew these; their time is only brought forward.
        await RunAsync(address, "UPDATE jobs SET lease_until = 0 WHERE state = 'running'");

        await using GatewayProcess second = Start(address);
        await ClientAsync(second);
        await UntilAsync(address, "SELECT COUNT(*) FROM webhook_deliveries WHERE state = 'delivered'", Events);
        second.Kill();
        await second.ExitAsync();

        (await RunAsync(address, "SELECT COUNT(*) FROM webhook_deliveries")).ShouldBe(Events);
        (await RunAsync(address, "SELECT COUNT(*) FROM jobs WHERE kind LIKE 'webhook%' AND state <> 'done'")).ShouldBe(
            0
        );
        // The effect: each delivery was noted once, whatever arrived twice.
        (await RunAsync(address, "SELECT COUNT(*) FROM webhook_attempts WHERE status BETWEEN 200 AND 299")).ShouldBe(
            Events
        );
        _arrived.Distinct().Count().ShouldBe(Events);
    }

    public void Dispose() => _data.Dispose();

    private async Task ReceiveAsync(HttpContext context)
    {
        _arrived.Add(context.Request.Headers["webhook-id"].ToString());
        await _receive(context);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private GatewayProcess Start(string database) =>
        GatewayProcess.Start(
            _data.FullPath,
            ("ASPNETCORE_ENVIRONMENT", "Development"),
            ("GROQKIT_ADMIN_KEY", Key),
            ("GROQKIT_DATABASE", database)
        );

    private static async Task<HttpClient> ClientAsync(GatewayProcess gateway)
    {
        var client = new HttpClient { BaseAddress = await gateway.ListeningAsync() };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        return client;
    }

    private static async Task<JsonNode> PostAsync(HttpClient client, string path, string body)
    {
        using HttpResponseMessage answer = await client.PostAsync(
            path,
            body.Length == 0 ? null : new StringContent(body, Encoding.UTF8, "application/json"),
            TestContext.Current.CancellationToken
        );
        string text = await answer.TextAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonNode.Parse(text)!;
    }

    private static async Task<long> RunAsync(string address, string sql)
    {
        await using IDatabase database = TestDatabases.Open(address);
        return await database.WriteAsync(
            transaction => transaction.Connection!.ExecuteScalarAsync<long>(sql, transaction: transaction),
            TestContext.Current.CancellationToken
        );
    }

    private static async Task UntilAsync(string address, string sql, long least)
    {
        using var safety = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await RunAsync(address, sql) < least)
            safety.IsCancellationRequested.ShouldBeFalse(sql);
    }
}
