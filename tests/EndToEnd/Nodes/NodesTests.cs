using System.Globalization;
using System.Net;
using GroqKit.Gateway.Tests.Running;

namespace GroqKit.EndToEnd.Nodes;

/// <summary>What holds for nodes together. Everything here happens within a minute, so every minute of it is seen.</summary>
[Requirement("GW-20", "GW-14")]
public abstract class NodesTests(Cluster cluster)
{
    private static readonly TimeSpan SafetyTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task A_limit_of_a_hundred_a_minute_admits_a_hundred_calls_through_three_nodes()
    {
        Assert.SkipWhen(Cluster.Missing is not null, Cluster.Missing ?? "");
        (_, string key) = await cluster.NewKeyAsync("""{"requests":{"minute":100}}""");
        long began = TimeProvider.System.GetTimestamp();

        int admitted = await AdmittedAsync(300, key);
        // What a node has leased and doesn't use comes back within moments.
        while (admitted < 100 && TimeProvider.System.GetElapsedTime(began) < SafetyTimeout)
        {
            await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
            admitted += await AdmittedAsync(3, key);
        }
        admitted += await AdmittedAsync(300, key);

        admitted.ShouldBe(100);
        TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_node_that_is_killed_takes_no_more_with_it_than_it_had_leased()
    {
        Assert.SkipWhen(Cluster.Missing is not null, Cluster.Missing ?? "");
        (_, string key) = await cluster.NewKeyAsync("""{"requests":{"minute":100}}""");
        (GatewayProcess killed, Uri address) = await cluster.StartNodeAsync();

        int admitted = 0;
        for (int i = 0; i < 40; i++)
            admitted += await IsAdmittedAsync(address, key) ? 1 : 0;
        killed.Kill();
        admitted += await AdmittedAsync(300, key);

        admitted.ShouldBeInRange(75, 100);
    }

    [Fact]
    public async Task A_revoked_key_is_refused_on_all_nodes_within_five_seconds()
    {
        Assert.SkipWhen(Cluster.Missing is not null, Cluster.Missing ?? "");
        (string id, string key) = await cluster.NewKeyAsync("{}");
        foreach (Uri node in cluster.Nodes)
            await UntilAsync(node, key, HttpStatusCode.OK);

        await cluster.RevokeAsync(id);
        long revoked = TimeProvider.System.GetTimestamp();
        foreach (Uri node in cluster.Nodes)
            await UntilAsync(node, key, HttpStatusCode.Unauthorized);

        TimeProvider.System.GetElapsedTime(revoked).ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Five_hundred_calls_at_once_on_three_nodes_can_not_spend_the_same_money()
    {
        Assert.SkipWhen(Cluster.Missing is not null, Cluster.Missing ?? "");
        // A call costs 3.6 millionths of a dollar and reserves some 66.
        const decimal Budget = 0.001m;
        (_, string key) = await cluster.NewKeyAsync("{\"cost\":{\"month\":0.001}}");

        decimal spent = 0;
        int refused = 0;
        do
        {
            HttpResponseMessage[] answers = await Task.WhenAll(
                Enumerable.Range(0, 500).Select(_ => cluster.ChatAsync(cluster.Front, key))
            );
            spent += answers.Sum(CostOf);
            refused = answers.Count(answer => answer.StatusCode != HttpStatusCode.OK);
        } while (refused == 0);

        spent.ShouldBeInRange(0.000001m, Budget);
        refused.ShouldBeGreaterThan(0);
    }

    private static decimal CostOf(HttpResponseMessage answer)
    {
        using (answer)
        {
            return answer.Headers.TryGetValues("x-groqkit-cost", out IEnumerable<string>? cost)
                ? decimal.Parse(cost.Single(), CultureInfo.InvariantCulture)
                : 0;
        }
    }

    private async Task<int> AdmittedAsync(int calls, string key)
    {
        bool[] admitted = await Task.WhenAll(
            Enumerable.Range(0, calls).Select(_ => IsAdmittedAsync(cluster.Front, key))
        );
        return admitted.Count(yes => yes);
    }

    private async Task<bool> IsAdmittedAsync(Uri address, string key)
    {
        using HttpResponseMessage answer = await cluster.ChatAsync(address, key);
        // A key made a moment ago may not be known everywhere yet, and a busy machine may not hear of the store in time.
        answer.StatusCode.ShouldBeOneOf(
            HttpStatusCode.OK,
            HttpStatusCode.TooManyRequests,
            HttpStatusCode.Unauthorized,
            HttpStatusCode.ServiceUnavailable
        );
        return answer.StatusCode == HttpStatusCode.OK;
    }

    private async Task UntilAsync(Uri node, string key, HttpStatusCode expected)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(SafetyTimeout);
        while (true)
        {
            using HttpResponseMessage answer = await cluster.ChatAsync(node, key);
            if (answer.StatusCode == expected)
                return;
            await Task.Delay(Pause, TimeProvider.System, timeout.Token);
        }
    }
}
