using System.Net;
using GroqKit.Gateway.Infrastructure.Usage;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;
using GroqKit.TestKit.Servers;
using Microsoft.Extensions.DependencyInjection;

namespace GroqKit.Gateway.Tests.Hosting;

[Requirement("GW-06", "GW-09")]
public sealed class DeadDatabaseTests
{
    private static readonly UsageFilter All = new() { Tenant = "default" };

    [Fact]
    public async Task A_frozen_database_fails_no_call_and_loses_no_account()
    {
        Assert.SkipWhen(PostgresServer.Installed is null, "PostgreSQL is not installed (Debian: postgresql).");
        await using PostgresServer server = await PostgresServer.StartAsync();
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Json(Chunks.Whole),
            $"--GROQKIT_DATABASE={await server.CreateDatabaseAsync()}"
        );
        (await gateway.ChatAsync(RunningGateway.Hello)).StatusCode.ShouldBe(HttpStatusCode.OK);

        await server.FreezeAsync();
        HttpResponseMessage[] answers = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(_ => gateway.ChatAsync(RunningGateway.Hello))
        );
        HttpResponseMessage ready = await gateway.Client.GetAsync(
            "/health/ready",
            TestContext.Current.CancellationToken
        );
        await server.ThawAsync();

        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK);
        ready.StatusCode.ShouldBe(HttpStatusCode.OK);
        await gateway.Services.GetRequiredService<UsageShipper>().ShippedAsync(TestContext.Current.CancellationToken);
        IReadOnlyList<UsageRecord> rows = await gateway
            .Services.GetRequiredService<IUsageReports>()
            .ListAsync(All, before: null, 100, TestContext.Current.CancellationToken);
        rows.Count.ShouldBe(51);
    }

    [Fact]
    public async Task A_stopped_database_fails_no_call_and_loses_no_account()
    {
        Assert.SkipWhen(PostgresServer.Installed is null, "PostgreSQL is not installed (Debian: postgresql).");
        await using PostgresServer server = await PostgresServer.StartAsync();
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Json(Chunks.Whole),
            $"--GROQKIT_DATABASE={await server.CreateDatabaseAsync()}"
        );
        (await gateway.ChatAsync(RunningGateway.Hello)).StatusCode.ShouldBe(HttpStatusCode.OK);
        UsageShipper shipper = gateway.Services.GetRequiredService<UsageShipper>();

        await server.StopAsync();
        HttpResponseMessage[] answers = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(_ => gateway.ChatAsync(RunningGateway.Hello))
        );
        (await shipper.ShipAsync(TestContext.Current.CancellationToken)).ShouldBe(0);
        await server.StartAgainAsync();

        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK);
        // Connections from before are broken, and each is found out by being used.
        do
        {
            await shipper.ShipAsync(TestContext.Current.CancellationToken);
        } while (!shipper.IsShipping);
        await shipper.ShippedAsync(TestContext.Current.CancellationToken);
        IReadOnlyList<UsageRecord> rows = await gateway
            .Services.GetRequiredService<IUsageReports>()
            .ListAsync(All, before: null, 100, TestContext.Current.CancellationToken);
        rows.Select(row => row.RequestId).Distinct().Count().ShouldBe(51);
        rows.Count.ShouldBe(51);
    }
}
