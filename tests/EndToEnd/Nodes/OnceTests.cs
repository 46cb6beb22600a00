using System.Net;
using GroqKit.Gateway.Tests.Running;

namespace GroqKit.EndToEnd.Nodes;

/// <summary>A request with an <c>Idempotency-Key</c> happens once, whichever node it comes to and whatever becomes of that node.</summary>
[Requirement("GW-12", "GW-20")]
public abstract class OnceTests(Cluster cluster)
{
    private static readonly TimeSpan SafetyTimeout = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_hundred_equal_requests_on_three_nodes_are_one_call(bool stream)
    {
        Assert.SkipWhen(Cluster.Missing is not null, Cluster.Missing ?? "");
        string once = Guid.NewGuid().ToString("N");
        string body = BodyOf(once, stream);
        cluster.Hold();
        int ended = 0;

        HttpResponseMessage[] answers = await Task.WhenAll(
            Enumerable
                .Range(0, 100)
                .Select(async i =>
                {
                    HttpResponseMessage answer = await cluster.OnceAsync(cluster.Nodes[i % 3], body, once);
                    // The one that was let through waits for the others, who are told to ask again.
                    if (Interlocked.Increment(ref ended) == 99)
                        cluster.Release();
                    return answer;
                })
        );

        cluster.CallsWith(once).ShouldBe(1);
        HttpResponseMessage first = answers.Single(answer => answer.StatusCode == HttpStatusCode.OK);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict).ShouldBe(99);
        string said = await TextAsync(first);
        foreach (Uri node in cluster.Nodes)
        {
            using HttpResponseMessage again = await UntilAsync(node, body, once);
            (await TextAsync(again)).ShouldBe(said);
            again.Headers.Contains("Idempotent-Replayed").ShouldBeTrue();
            again.Content.Headers.ContentType.ShouldBe(first.Content.Headers.ContentType);
            again.Headers.GetValues("x-groqkit-provider").ShouldBe(first.Headers.GetValues("x-groqkit-provider"));
        }
        cluster.CallsWith(once).ShouldBe(1);
        foreach (HttpResponseMessage answer in answers)
            answer.Dispose();
    }

    [Fact]
    public async Task A_node_that_is_killed_in_the_middle_gives_way_when_its_lease_is_over_and_not_before()
    {
        Assert.SkipWhen(Cluster.Missing is not null, Cluster.Missing ?? "");
        string once = Guid.NewGuid().ToString("N");
        string body = BodyOf(once, stream: true);
        (GatewayProcess killed, Uri address) = await cluster.StartNodeAsync();
        cluster.Hold();
        Task<HttpResponseMessage> lost = cluster.OnceAsync(address, body, once);
        await UntilAsync(() => cluster.CallsWith(once) == 1);

        killed.Kill();
        await Should.ThrowAsync<HttpRequestException>(() => lost);
        foreach (Uri node in cluster.Nodes)
        {
            using HttpResponseMessage early = await cluster.OnceAsync(node, body, once);
            early.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        }
        cluster.CallsWith(once).ShouldBe(1);
        // As if its minute had passed: the database's clock is the one that counts.
        (
            await cluster.QueryAsync(
                $"UPDATE idempotency SET lease_until = lease_until - 60000 WHERE idempotency_key = '{once}'"
            )
        ).ShouldContain("UPDATE 1");
        cluster.Release();
        HttpResponseMessage[] answers = await Task.WhenAll(
            Enumerable.Range(0, 30).Select(i => cluster.OnceAsync(cluster.Nodes[i % 3], body, once))
        );

        cluster.CallsWith(once).ShouldBe(2);
        foreach (HttpResponseMessage answer in answers)
        {
            answer.StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Conflict);
            answer.Dispose();
        }
        using HttpResponseMessage last = await UntilAsync(cluster.Nodes[2], body, once);
        last.Headers.Contains("Idempotent-Replayed").ShouldBeTrue();
        (await TextAsync(last)).ShouldEndWith(Chunks.Done);
        cluster.CallsWith(once).ShouldBe(2);
    }

    private static string BodyOf(string once, bool stream) =>
        $$"""{"model":"openai/gpt-oss-120b","stream":{{(stream ? "true" : "false")}},"messages":[{"role":"user","content":"held {{once}}"}]}""";

    private static Task<string> TextAsync(HttpResponseMessage answer) =>
        answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    // The answer is there a moment before it is known that it was given.
    private async Task<HttpResponseMessage> UntilAsync(Uri node, string body, string once)
    {
        HttpResponseMessage? answer = null;
        await UntilAsync(async () =>
        {
            answer?.Dispose();
            answer = await cluster.OnceAsync(node, body, once);
            return answer.StatusCode != HttpStatusCode.Conflict;
        });
        answer!.StatusCode.ShouldBe(HttpStatusCode.OK);
        return answer;
    }

    private static Task UntilAsync(Func<bool> isSo) => UntilAsync(() => Task.FromResult(isSo()));

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var safety = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        safety.CancelAfter(SafetyTimeout);
        while (!await isSo())
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, safety.Token);
    }
}
