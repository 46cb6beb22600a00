using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Services.Idempotency;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Tests.Api.OpenAi.Audio;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace GroqKit.Gateway.Tests.Api;

[Requirement("GW-12")]
public sealed class IdempotencyTests(TestDatabases databases)
{
    private const string Header = "Idempotency-Key";
    private const string Path = "/v1/chat/completions";

    [Fact]
    public async Task The_same_request_again_gets_the_same_answer_and_asks_nobody()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));

        using HttpResponseMessage first = await gateway.PostJsonAsync(Path, RunningGateway.Hello, (Header, "one"));
        string before = await first.TextAsync();
        using HttpResponseMessage second = await gateway.PostJsonAsync(Path, RunningGateway.Hello, (Header, "one"));

        (await second.TextAsync()).ShouldBe(before);
        first.Headers.Contains("Idempotent-Replayed").ShouldBeFalse();
        second.Header("Idempotent-Replayed").ShouldBe("true");
        second.Header("x-groqkit-provider").ShouldBe(first.Header("x-groqkit-provider"));
        second.Content.Headers.ContentType.ShouldBe(first.Content.Headers.ContentType);
        gateway.Provider.Requests.Count.ShouldBe(1);
        (await gateway.Usage.NextAsync()).Cached.ShouldBeFalse();
        UsageRecord replay = await gateway.Usage.NextAsync();
        replay.Cached.ShouldBeTrue();
        replay.Cost.ShouldBe(0m);
    }

    [Fact]
    public async Task A_stream_is_given_again_event_by_event()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Stream("text/event-stream", Chunks.Role, Chunks.Word("Hi"), Chunks.Stop, Chunks.Done)
        );

        using HttpResponseMessage first = await gateway.PostJsonAsync(Path, RunningGateway.HelloStream, (Header, "s"));
        string before = await first.TextAsync();
        using HttpResponseMessage second = await gateway.PostJsonAsync(Path, RunningGateway.HelloStream, (Header, "s"));

        (await second.TextAsync()).ShouldBe(before);
        second.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        gateway.Provider.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    public async Task A_replay_carries_every_header_of_the_gateway_that_the_first_answer_carried(string stream)
    {
        RequestDelegate works =
            stream == "true"
                ? Answer.Stream("text/event-stream", Chunks.Role, Chunks.Word("Hi"), Chunks.Stop, Chunks.Done)
                : Answer.Json(Chunks.Whole);
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.InTurn(Answer.Json("""{"error":{"message":"down"}}""", 503), works)
        );
        string body =
            $$"""{"model":"auto","stream":{{stream}},"logit_bias":{"1":1},"messages":[{"role":"user","content":"Hi"}]}""";

        using HttpResponseMessage first = await gateway.PostJsonAsync(
            Path,
            body,
            (Header, "all"),
            ("x-groqkit-cache", "on")
        );
        first.StatusCode.ShouldBe(HttpStatusCode.OK, await first.TextAsync());
        using HttpResponseMessage second = await gateway.PostJsonAsync(
            Path,
            body,
            (Header, "all"),
            ("x-groqkit-cache", "on")
        );

        string[] said = [.. OwnOf(first)];
        foreach (string name in (string[])["provider", "model", "choice", "fallback", "dropped", "cache"])
            said.ShouldContain(header => header.StartsWith($"x-groqkit-{name}: ", StringComparison.Ordinal));
        OwnOf(second).ShouldBe(said);
        second.Content.Headers.ContentType.ShouldBe(first.Content.Headers.ContentType);
        second.Header("x-request-id").ShouldNotBe(first.Header("x-request-id"));
    }

    [Fact]
    public async Task The_key_with_another_body_is_a_clear_error()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        using (HttpResponseMessage first = await gateway.PostJsonAsync(Path, RunningGateway.Hello, (Header, "one")))
            _ = await first.TextAsync();

        using HttpResponseMessage other = await gateway.PostJsonAsync(
            Path,
            RunningGateway.Hello.Replace("Hello", "Bye"),
            (Header, "one")
        );

        other.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        JsonNode error = JsonNode.Parse(await other.TextAsync())!["error"]!;
        ((string?)error["code"]).ShouldBe("idempotency_key_reused");
        ((string?)error["param"]).ShouldBe("idempotency-key");
        gateway.Provider.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with blank")]
    [InlineData("LONG")]
    public async Task A_key_that_is_none_is_refused(string key)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));

        using HttpResponseMessage answer = await gateway.PostJsonAsync(
            Path,
            RunningGateway.Hello,
            (Header, key == "LONG" ? new string('k', 256) : key)
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        gateway.Provider.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Other_keys_and_other_routes_never_share_an_answer()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        string tenant = await gateway.NewKeyAsync("""{"name":"t","role":"caller"}""", "other");
        string colleague = await gateway.NewKeyAsync("""{"name":"c","role":"caller"}""");

        foreach (string key in (string[])[RunningGateway.Key, tenant, colleague])
        {
            gateway.Client.DefaultRequestHeaders.Authorization = new("Bearer", key);
            using HttpResponseMessage answer = await gateway.PostJsonAsync(Path, RunningGateway.Hello, (Header, "one"));
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
            answer.Headers.Contains("Idempotent-Replayed").ShouldBeFalse();
        }
        using HttpResponseMessage elsewhere = await gateway.PostJsonAsync(
            "/openai" + Path,
            RunningGateway.Hello,
            (Header, "one")
        );
        elsewhere.Headers.Contains("Idempotent-Replayed").ShouldBeFalse();
        gateway.Provider.Requests.Count.ShouldBe(4);
    }

    [Fact]
    public async Task What_failed_may_be_tried_again_with_the_same_key()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.InTurn(Answer.Json("""{"error":{"message":"no"}}""", 400), Answer.Json(Chunks.Whole))
        );

        using HttpResponseMessage failed = await gateway.PostJsonAsync(Path, RunningGateway.Hello, (Header, "one"));
        failed.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        _ = await failed.TextAsync();
        using HttpResponseMessage again = await gateway.PostJsonAsync(Path, RunningGateway.Hello, (Header, "one"));

        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        gateway.Provider.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_form_is_the_same_whatever_its_boundary()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Json("""{"text":"Hello","duration":1.0}""")
        );
        for (int attempt = 0; attempt < 2; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/audio/transcriptions")
            {
                Content = Sounds.Form(("model", "m"), ("file", Sounds.Wav(1))),
            };
            request.Headers.Add(Header, "form");
            using HttpResponseMessage answer = await gateway.Client.SendAsync(
                request,
                TestContext.Current.CancellationToken
            );
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
            answer.Headers.Contains("Idempotent-Replayed").ShouldBe(attempt == 1);
        }
        gateway.Provider.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_creates_something_creates_it_once()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        const string Body = """{"name":"bot"}""";

        using HttpResponseMessage first = await gateway.PostJsonAsync("/api/agents", Body, (Header, "a"));
        string before = await first.TextAsync();
        using HttpResponseMessage second = await gateway.PostJsonAsync("/api/agents", Body, (Header, "a"));

        first.StatusCode.ShouldBe(HttpStatusCode.Created, before);
        second.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await second.TextAsync()).ShouldBe(before);
        second.Headers.ETag.ShouldBe(first.Headers.ETag);
    }

    [Fact]
    public async Task A_hundred_equal_requests_on_three_nodes_are_one_call()
    {
        string database = await databases.CreateAsync(Engine.Postgres);
        string master = "--GROQKIT_MASTER_KEY=" + Convert.ToBase64String(new byte[32]);
        int calls = 0;
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        async Task Provide(HttpContext context)
        {
            Interlocked.Increment(ref calls);
            await go.Task.WaitAsync(TimeSpan.FromSeconds(30));
            await Answer.Json(Chunks.Whole)(context);
        }
        var nodes = new List<RunningGateway>();
        try
        {
            for (int node = 0; node < 3; node++)
                nodes.Add(await RunningGateway.StartAsync(Provide, "--GROQKIT_DATABASE=" + database, master));

            var answers = new ConcurrentBag<HttpStatusCode>();
            var errors = new ConcurrentBag<string>();
            int ended = 0;
            await Task.WhenAll(
                Enumerable
                    .Range(0, 100)
                    .Select(async i =>
                    {
                        using HttpResponseMessage answer = await nodes[i % 3]
                            .PostJsonAsync(Path, RunningGateway.Hello, (Header, "hundred"));
                        answers.Add(answer.StatusCode);
                        if (answer.StatusCode != HttpStatusCode.OK)
                            errors.Add(await answer.TextAsync());
                        // The one that was let through waits for the others, who are told to ask again.
                        if (Interlocked.Increment(ref ended) == 99)
                            go.TrySetResult();
                    })
            );

            calls.ShouldBe(1);
            answers.Count(status => status == HttpStatusCode.OK).ShouldBe(1);
            answers.Count(status => status == HttpStatusCode.Conflict).ShouldBe(99);
            errors.ShouldAllBe(text => text.Contains("idempotency_key_in_use"));
            foreach (RunningGateway node in nodes)
            {
                using HttpResponseMessage replay = await node.PostJsonAsync(
                    Path,
                    RunningGateway.Hello,
                    (Header, "hundred")
                );
                (await replay.TextAsync()).ShouldBe(Chunks.Whole);
                replay.Header("Idempotent-Replayed").ShouldBe("true");
            }
            calls.ShouldBe(1);
        }
        finally
        {
            foreach (RunningGateway node in nodes)
                await node.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_node_that_died_in_the_middle_gives_way_after_its_lease()
    {
        var time = new ManualTimeProvider();
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole), time);
        var store = gateway.Services.GetRequiredService<IIdempotencyStore>();
        var dead = new IdempotencyClaim("t", "k", "POST /x", "one", "dead");
        IdempotencyClaim next = dead with { Token = "next" };
        CancellationToken cancelled = TestContext.Current.CancellationToken;

        (await store.ClaimAsync(dead, cancelled)).State.ShouldBe(ClaimState.Ours);
        time.Advance(IIdempotencyStore.Lease - TimeSpan.FromSeconds(1));
        (await store.ClaimAsync(next, cancelled)).State.ShouldBe(ClaimState.Running);
        time.Advance(TimeSpan.FromSeconds(1));
        (await store.ClaimAsync(next, cancelled)).State.ShouldBe(ClaimState.Ours);

        // Who was thought dead changes nothing any more.
        await store.ReleaseAsync(dead, cancelled);
        await store.CompleteAsync(dead, "f", null, null, time.GetUtcNow(), cancelled);
        (await store.ClaimAsync(dead, cancelled)).State.ShouldBe(ClaimState.Running);
        await store.CompleteAsync(
            next,
            "f",
            new StoredAnswer(200, new Dictionary<string, string>(), [1]),
            null,
            time.GetUtcNow(),
            cancelled
        );
        (await store.ClaimAsync(dead, cancelled)).State.ShouldBe(ClaimState.Done);
        time.Advance(IIdempotencyStore.Kept);
        (await store.ClaimAsync(dead, cancelled)).State.ShouldBe(ClaimState.Ours);
    }

    private static IEnumerable<string> OwnOf(HttpResponseMessage answer) =>
        answer
            .Headers.Where(header => header.Key.StartsWith("x-groqkit-", StringComparison.OrdinalIgnoreCase))
            .Select(header => $"{header.Key.ToLowerInvariant()}: {string.Join(", ", header.Value)}")
            .Order(StringComparer.Ordinal);
}
