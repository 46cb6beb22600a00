using System.Globalization;
using System.Net;
using GroqKit.Gateway.Tests.Running;

namespace GroqKit.EndToEnd.Nodes;

/// <summary>What holds for nodes together.</summary>
[Requirement("GW-20", "GW-14")]
public abstract class NodesTests(Cluster cluster)
{
    private static readonly TimeSpan SafetyTimeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task A_limit_of_a_hundred_a_minute_admits_a_hundred_calls_through_three_nodes()
    {
        Assert.SkipWhen(Cluster.Missing is not null, Cluster.Missing ?? "");
        (_, string key) = await cluster.NewKeyAsync("""{"requests":{"minute":100}}""");
        long began = TimeProvider.System.GetTimestamp();

        List<Admission> admitted = [.. await AdmittedAsync(300, key)];
        // What a node has leased and doesn't use comes back within moments.
        while (admitted.Count < 100 && TimeProvider.System.GetElapsedTime(began) < Minute)
        {
            await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
            admitted.AddRange(await AdmittedAsync(3, key));
        }
        admitted.AddRange(await AdmittedAsync(300, key));

        // Mostly all of it happens within a minute, and is exactly a hundred.
        admitted.Count.ShouldBeGreaterThanOrEqualTo(100);
        MostInAMinute(admitted).ShouldBeLessThanOrEqualTo(100);
    }

    [Fact]
    public async Task A_node_that_is_killed_takes_no_more_with_it_than_it_had_leased()
    {
        Assert.SkipWhen(Cluster.Missing is not null, Cluster.Missing ?? "");
        (_, string key) = await cluster.NewKeyAsync("""{"requests":{"minute":100}}""");
        (GatewayProcess killed, Uri address) = await cluster.StartNodeAsync();

        List<Admission> admitted = [];
        for (int i = 0; i < 40; i++)
        {
            if (await AdmissionAsync(address, key) is { } one)
                admitted.Add(one);
        }
        killed.Kill();
        admitted.AddRange(await AdmittedAsync(300, key));

        admitted.Count.ShouldBeGreaterThanOrEqualTo(75);
        MostInAMinute(admitted).ShouldBeLessThanOrEqualTo(100);
    }

    [Fact]
    public async Task A_revoked_key_is_refused_on_all_nodes_within_five_seconds()
    {
        Assert.SkipWhen(Cluster.Missing is not null, Cluster.Missing ?? "");
        (string id, string key) = await cluster.NewKeyAsync("{}");
        foreach (Uri node in cluster.Nodes)
            await UntilAsync(node, key, HttpStatusCode.OK);

        // What the machine stands still for meanwhile is not the nodes' doing.
        using var time = new LivedTimeProvider();
        await cluster.RevokeAsync(id);
        long revoked = time.GetTimestamp();
        foreach (Uri node in cluster.Nodes)
            await UntilAsync(node, key, HttpStatusCode.Unauthorized);

        time.GetElapsedTime(revoked).ShouldBeLessThan(TimeSpan.FromSeconds(5));
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
                Enumerable.Range(0, 500).Select(_ => DecidedAsync(cluster.Front, key))
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

    /// <summary>The most of them that surely fell into one minute.</summary>
    private static int MostInAMinute(IReadOnlyList<Admission> admitted) =>
        admitted.Max(first =>
            admitted.Count(one =>
                one.Began >= first.Began && TimeProvider.System.GetElapsedTime(first.Began, one.Ended) <= Minute
            )
        );

    private async Task<IEnumerable<Admission>> AdmittedAsync(int calls, string key)
    {
        Admission?[] admitted = await Task.WhenAll(
            Enumerable.Range(0, calls).Select(_ => AdmissionAsync(cluster.Front, key))
        );
        return admitted.OfType<Admission>();
    }

    /// <summary>Null when it was refused.</summary>
    private async Task<Admission?> AdmissionAsync(Uri address, string key)
    {
        long began = TimeProvider.System.GetTimestamp();
        using HttpResponseMessage answer = await DecidedAsync(address, key);
        return answer.StatusCode == HttpStatusCode.OK ? new Admission(began, TimeProvider.System.GetTimestamp()) : null;
    }

    /// <summary>Calls until it is admitted or refused, as callers do.</summary>
    private async Task<HttpResponseMessage> DecidedAsync(Uri address, string key)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(SafetyTimeout);
        while (true)
        {
            HttpResponseMessage answer = await cluster.ChatAsync(address, key);
            switch (answer.StatusCode)
            {
                case HttpStatusCode.OK or HttpStatusCode.TooManyRequests:
                    return answer;
                case HttpStatusCode.Unauthorized:
                    // A key made a moment ago may not be known everywhere yet.
                    await Task.Delay(Pause, TimeProvider.System, timeout.Token);
                    break;
                default:
                    // A busy machine may not hear of the store in time, and says when to come again.
                    answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
                    TimeSpan wait = answer.Headers.RetryAfter!.Delta!.Value;
                    await Task.Delay(wait, TimeProvider.System, timeout.Token);
                    break;
            }
            answer.Dispose();
        }
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

    private sealed record Admission(long Began, long Ended);
}
