using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;
using GroqKit.TestKit.Servers;
using Microsoft.AspNetCore.Http;

namespace GroqKit.Gateway.Tests.Api.OpenAi;

[Requirement("GW-08")]
public sealed class AnswerCacheTests
{
    private const string Question = """{"model":"m","temperature":0,"messages":[{"role":"user","content":"Hello"}]}""";
    private const string Streamed =
        """{"model":"m","temperature":0.0,"stream":true,"messages":[{"role":"user","content":"Hello"}]}""";

    private const string Bot =
        """{"name":"bot","cacheSeconds":600,"llm":{"provider":"groq","model":"m","config":{"temperature":0}}}""";

    private static readonly RequestDelegate Stream = Answer.Stream(
        "text/event-stream",
        Chunks.Role,
        Chunks.Word("Hi"),
        Chunks.Word(" there"),
        Chunks.Stop,
        Chunks.Done
    );

    [Fact]
    public async Task The_second_answer_is_the_first_again_at_no_cost_and_asks_nobody()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));

        (string first, _) = await AskAsync(gateway, Question, "miss");
        (string second, HttpResponseMessage answer) = await AskAsync(gateway, Question, "hit");

        second.ShouldBe(first);
        gateway.Provider.Requests.Count.ShouldBe(1);
        answer.Header("x-groqkit-cost").ShouldBe("0");
        (await gateway.Usage.NextAsync()).Cached.ShouldBeFalse();
        UsageRecord record = await gateway.Usage.NextAsync();
        record.Cached.ShouldBeTrue();
        record.Cost.ShouldBe(0m);
        record.Usage.IsEmpty.ShouldBeTrue();
        record.Outcome.ShouldBe(Outcome.Completed);
        record.RequestId.ShouldBe(answer.Header("x-request-id"));
    }

    [Fact]
    public async Task Who_does_not_ask_for_it_gets_nothing_of_it()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));

        await AskAsync(gateway, Question, state: null, wish: null);
        await AskAsync(gateway, Question, state: null, wish: null);
        await AskAsync(gateway, Question, state: null, wish: "off");

        gateway.Provider.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_whole_answer_is_repeated_as_a_stream()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Json(Chunks.Whole.Replace("Hi", "Hi there, this is a longer answer than one piece of it"))
        );
        await AskAsync(gateway, Question, "miss");

        (string text, HttpResponseMessage answer) = await AskAsync(gateway, Streamed, "hit");

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        JsonNode[] events = Events(text);
        events.Length.ShouldBeGreaterThan(3);
        ContentOf(events).ShouldBe("Hi there, this is a longer answer than one piece of it");
        ((string?)events[0]["choices"]![0]!["delta"]!["role"]).ShouldBe("assistant");
        ((string?)events[^1]["choices"]![0]!["finish_reason"]).ShouldBe("stop");
        text.ShouldEndWith("data: [DONE]\n\n");
        gateway.Provider.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_streamed_answer_is_repeated_as_a_stream_and_whole()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Stream);
        (string first, _) = await AskAsync(gateway, Streamed, "miss");

        (string again, _) = await AskAsync(
            gateway,
            Streamed.Replace("true", "true,\"stream_options\":{\"include_usage\":true}"),
            "hit"
        );
        (string whole, HttpResponseMessage answer) = await AskAsync(gateway, Question, "hit");

        JsonNode[] events = Events(again);
        ContentOf(events).ShouldBe(ContentOf(Events(first)));
        ((int?)events[^1]["usage"]!["total_tokens"]).ShouldBe(79);
        events[^1]["choices"]!.AsArray().Count.ShouldBe(0);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        JsonNode json = JsonNode.Parse(whole)!;
        ((string?)json["object"]).ShouldBe("chat.completion");
        ((string?)json["id"]).ShouldBe("c1");
        ((string?)json["choices"]![0]!["message"]!["content"]).ShouldBe("Hi there");
        ((int?)json["usage"]!["completion_tokens"]).ShouldBe(9);
        gateway.Provider.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"temperature":0.00,"messages":[{"content":"Hello","role":"user"}],"model":"m"}""")]
    [InlineData(
        """{ "model" : "m", "user": "someone", "stream": false, "temperature":0e3, "messages":[{"role":"user","content":"\u0048ello"}] }"""
    )]
    public async Task The_same_question_written_otherwise_is_the_same(string same)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        await AskAsync(gateway, Question, "miss");

        await AskAsync(gateway, same, "hit");
    }

    [Theory]
    [InlineData("""{"model":"m","temperature":0,"messages":[{"role":"user","content":"hello"}]}""")]
    [InlineData("""{"model":"n","temperature":0,"messages":[{"role":"user","content":"Hello"}]}""")]
    [InlineData("""{"model":"m","temperature":0,"top_p":0.5,"messages":[{"role":"user","content":"Hello"}]}""")]
    [InlineData("""{"model":"m","temperature":0,"seed":1,"messages":[{"role":"user","content":"Hello"}]}""")]
    public async Task Another_question_is_another(string other)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        await AskAsync(gateway, Question, "miss");

        await AskAsync(gateway, other, "miss");
    }

    [Theory]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"Hello"}]}""")]
    [InlineData("""{"model":"m","temperature":0.7,"messages":[{"role":"user","content":"Hello"}]}""")]
    [InlineData(
        """{"model":"m","temperature":0,"tools":[{"type":"browser_search"}],"messages":[{"role":"user","content":"Hello"}]}"""
    )]
    [InlineData("""{"model":"m","temperature":0,"store":true,"messages":[{"role":"user","content":"Hello"}]}""")]
    public async Task A_question_whose_answer_may_differ_is_passed_by(string body)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));

        await AskAsync(gateway, body, "bypass");
        await AskAsync(gateway, body, "bypass");

        gateway.Provider.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_seed_makes_a_question_deterministic()
    {
        string body = Question.Replace("\"temperature\":0", "\"temperature\":1,\"seed\":5");
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));

        await AskAsync(gateway, body, "miss");
        await AskAsync(gateway, body, "hit");
    }

    [Fact]
    public async Task Errors_are_not_kept()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.InTurn(Answer.Json("""{"error":{"message":"no"}}""", 400), Answer.Json(Chunks.Whole))
        );

        (await SendAsync(gateway, Question, "on", RunningGateway.Key)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        await AskAsync(gateway, Question, "miss");
        await AskAsync(gateway, Question, "hit");
    }

    [Theory]
    [InlineData("length")]
    [InlineData("content_filter")]
    public async Task Cut_and_filtered_answers_are_not_kept(string reason)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.InTurn(
                Answer.Json(Chunks.Whole.Replace("\"stop\"", $"\"{reason}\"")),
                Answer.Stream("text/event-stream", Chunks.Word("Hi"), Chunks.Stop.Replace("stop", reason), Chunks.Done),
                Answer.Stream("text/event-stream", Chunks.Word("Hi")),
                Answer.Json(Chunks.Whole)
            )
        );

        await AskAsync(gateway, Question, "miss");
        await AskAsync(gateway, Streamed, "miss");
        using (HttpResponseMessage broken = await SendAsync(gateway, Streamed, "on", RunningGateway.Key))
            await broken.UntilBrokenAsync();
        await AskAsync(gateway, Question, "miss");
        await AskAsync(gateway, Question, "hit");
    }

    [Theory]
    [InlineData("\"tool_calls\":[{\"index\":0}]")]
    [InlineData("\"annotations\":[{}]")]
    public async Task A_stream_that_cannot_be_put_together_is_not_kept(string piece)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Stream(
                "text/event-stream",
                Chunks.Word("Hi").Replace("\"content\":\"Hi\"", piece),
                Chunks.Stop,
                Chunks.Done
            )
        );

        await AskAsync(gateway, Streamed, "miss");
        await AskAsync(gateway, Streamed, "miss");
    }

    [Fact]
    public async Task Refresh_asks_anew_and_keeps_that()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.InTurn(Answer.Json(Chunks.Whole), Answer.Json(Chunks.Whole.Replace("Hi", "Ho")))
        );
        await AskAsync(gateway, Question, "miss");

        await AskAsync(gateway, Question, "miss", "refresh");

        (await AskAsync(gateway, Question, "hit")).Text.ShouldContain("Ho");
    }

    [Fact]
    public async Task Two_tenants_never_share_an_answer()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        string blue = await gateway.NewKeyAsync("""{"name":"b","role":"caller"}""", "blue");
        string green = await gateway.NewKeyAsync("""{"name":"g","role":"caller"}""", "green");

        await AskAsync(gateway, Question, "miss", key: blue);
        await AskAsync(gateway, Question, "miss", key: green);
        await AskAsync(gateway, Question, "miss");
        await AskAsync(gateway, Question, "hit", key: green);

        gateway.Provider.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task An_agent_can_ask_for_it_and_a_changed_agent_answers_anew()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        AdminAnswer made = await gateway.PostAsync("/api/agents", Bot);
        made.Status.ShouldBe(HttpStatusCode.Created, made.Body.ToString());
        ((int?)made.Body["cacheSeconds"]).ShouldBe(600);
        const string Ask = """{"model":"agent/bot","messages":[{"role":"user","content":"Hello"}]}""";

        await AskAsync(gateway, Ask, "miss", wish: null);
        await AskAsync(gateway, Ask, "hit", wish: null);
        await AskAsync(gateway, Ask, state: null, wish: "off");
        (
            await gateway.PutAsync(
                "/api/agents/bot",
                Bot.Replace("{\"name\":\"bot\",", "{\"description\":\"changed\",")
            )
        ).Status.ShouldBe(HttpStatusCode.OK);
        await AskAsync(gateway, Ask, "miss", wish: null);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("86401")]
    [InlineData("\"long\"")]
    public async Task A_time_that_an_agent_cannot_have_is_refused(string seconds)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));

        AdminAnswer answer = await gateway.PostAsync("/api/agents", $$"""{"name":"bot","cacheSeconds":{{seconds}}}""");

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)answer.Body["error"]!["param"]).ShouldBe("cacheSeconds");
    }

    [Fact]
    public async Task A_wish_that_is_none_is_refused()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));

        using HttpResponseMessage answer = await SendAsync(gateway, Question, "perhaps", RunningGateway.Key);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)(await answer.ErrorAsync())["param"]).ShouldBe("x-groqkit-cache");
    }

    [Fact]
    public async Task Switched_off_every_question_is_passed_by()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Json(Chunks.Whole),
            "--GroqKit:Cache:Enabled=false"
        );

        await AskAsync(gateway, Question, "bypass");
        await AskAsync(gateway, Question, "bypass");
    }

    [Fact]
    public async Task Two_gateways_over_one_redis_share_answers_and_go_on_without_it()
    {
        Assert.SkipWhen(RedisServer.Installed is null, "Redis is not installed (Debian: redis-server).");
        await using RedisServer redis = await RedisServer.StartAsync();
        await using RunningGateway one = await RunningGateway.StartAsync(
            Answer.Json(Chunks.Whole),
            $"--GROQKIT_REDIS={redis.Address}"
        );
        // The other answers otherwise, so that what is repeated can be told from what is made, and knows its provider by the same address.
        await using RunningGateway two = await RunningGateway.StartAsync(
            Answer.Json(Chunks.Whole.Replace("Hi", "Ho")),
            $"--GROQKIT_REDIS={redis.Address}",
            $"--GROQ_BASE_URL={one.Provider.Address}"
        );
        string shared = await SharedAsync(one, two);
        int asked = one.Provider.Requests.Count;

        await AskAsync(two, shared, "hit");
        one.Provider.Requests.Count.ShouldBe(asked);

        await redis.FreezeAsync();
        await AskAsync(one, Question.Replace("Hello", "frozen"), "miss");
        await AskAsync(one, Question.Replace("Hello", "frozen"), "hit");
        await redis.ThawAsync();
    }

    // Both connect in the background; a question asked before is known to one of them only, and once its answer is shared to the other.
    private static async Task<string> SharedAsync(RunningGateway one, RunningGateway two)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(30));
        for (int look = 0; ; look++)
        {
            string body = Question.Replace("Hello", $"try-{look}");
            await AskAsync(one, body, "miss");
            using HttpResponseMessage answer = await SendAsync(two, body, "on", RunningGateway.Key);
            if (answer.Header("x-groqkit-cache") == "hit")
                return body;
            timeout.Token.ThrowIfCancellationRequested();
        }
    }

    private static async Task<(string Text, HttpResponseMessage Answer)> AskAsync(
        RunningGateway gateway,
        string body,
        string? state,
        string? wish = "on",
        string key = RunningGateway.Key
    )
    {
        HttpResponseMessage answer = await SendAsync(gateway, body, wish, key);
        string text = await answer.TextAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        answer.Header("x-groqkit-cache").ShouldBe(state, text);
        return (text, answer);
    }

    private static Task<HttpResponseMessage> SendAsync(RunningGateway gateway, string body, string? wish, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", key);
        if (wish is not null)
            request.Headers.Add("x-groqkit-cache", wish);
        return gateway.Client.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            TestContext.Current.CancellationToken
        );
    }

    private static JsonNode[] Events(string stream) =>
        [
            .. stream
                .Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line["data: ".Length..])
                .Where(data => data != "[DONE]")
                .Select(data => JsonNode.Parse(data)!),
        ];

    private static string ContentOf(IEnumerable<JsonNode> events) =>
        string.Concat(
            events
                .SelectMany(chunk => chunk["choices"]!.AsArray())
                .Select(choice => (string?)choice!["delta"]?["content"])
        );
}
