using System.Net;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;

namespace GroqKit.Gateway.Tests.Api.OpenAi;

[Requirement("GW-02")]
public sealed class CompletionCallsTests
{
    private const string Completion =
        """{"id":"cmpl-1","object":"text_completion","choices":[{"text":"Hi","index":0,"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":2,"completion_tokens":1,"total_tokens":3}}""";

    [Fact]
    public async Task Whoever_has_completions_gets_the_callers_bytes()
    {
        await using LoopbackServer other = await ScriptedProvider.StartAsync(Answer.Json(Completion));
        await using RunningGateway gateway = await StartAsync(other);

        using HttpResponseMessage answer = await gateway.PostJsonAsync(
            "/v1/completions",
            """{"prompt":["a","b"],"logprobs":3,"model":"oa/davinci"}"""
        );

        (await answer.TextAsync()).ShouldBe(Completion);
        other.Requests.ShouldHaveSingleItem().Target.ShouldBe("/v1/completions");
        other.Requests[0].Text.ShouldBe("""{"prompt":["a","b"],"logprobs":3,"model":"davinci"}""");
        (await gateway.Usage.NextAsync()).Usage.Total.ShouldBe(3);
    }

    [Fact]
    public async Task Their_streams_pass_as_they_come()
    {
        string[] events =
        [
            """{"choices":[{"text":"Hi","index":0,"finish_reason":null}]}""",
            """{"choices":[{"text":"","index":0,"finish_reason":"stop"}],"usage":{"prompt_tokens":2,"completion_tokens":1,"total_tokens":3}}""",
            "[DONE]",
        ];
        await using LoopbackServer other = await ScriptedProvider.StartAsync(Answer.Events(events));
        await using RunningGateway gateway = await StartAsync(other);

        using HttpResponseMessage answer = await gateway.PostJsonAsync(
            "/v1/completions",
            """{"prompt":"a","stream":true,"model":"oa/davinci"}"""
        );

        (await answer.TextAsync()).ShouldBe(string.Concat(events.Select(item => $"data: {item}\n\n")));
        UsageRecord record = await gateway.Usage.NextAsync();
        record.Usage.Total.ShouldBe(3);
        record.FinishReason.ShouldBe("stop");
        record.FirstToken.ShouldNotBeNull();
    }

    [Fact]
    public async Task Groq_which_has_none_is_asked_by_chat()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));

        using HttpResponseMessage answer = await gateway.PostJsonAsync(
            "/openai/v1/completions",
            """{"model":"m","prompt":"Hello","max_tokens":9,"stop":["x"],"best_of":2,"echo":false}"""
        );

        JsonObject completion = await answer.JsonAsync();
        ((string?)completion["object"]).ShouldBe("text_completion");
        ((string?)completion["choices"]![0]!["text"]).ShouldBe("Hi");
        ((string?)completion["choices"]![0]!["finish_reason"]).ShouldBe("stop");
        ((int)completion["usage"]!["total_tokens"]!).ShouldBe(15);
        answer.Header("x-groqkit-dropped").ShouldBe("best_of, echo");
        gateway.Provider.Requests.ShouldHaveSingleItem().Target.ShouldBe("/openai/v1/chat/completions");
        gateway
            .Provider.Requests[0]
            .Text.ShouldBe(
                """{"model":"m","messages":[{"role":"user","content":"Hello"}],"max_completion_tokens":9,"stop":["x"]}"""
            );
        UsageRecord record = await gateway.Usage.NextAsync();
        record.Operation.ShouldBe(Operation.Completions);
        record.Usage.Total.ShouldBe(15);
    }

    [Fact]
    public async Task Groqs_stream_becomes_one_of_completions()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Stream(
                "text/event-stream",
                Chunks.Role,
                Chunks.Word("Hel"),
                Chunks.Word("lo"),
                Chunks.Stop,
                Chunks.Done
            )
        );

        using HttpResponseMessage answer = await gateway.PostJsonAsync(
            "/v1/completions",
            """{"model":"m","prompt":["Hello"],"stream":true,"stream_options":{"include_usage":true}}"""
        );

        string[] events = (await answer.TextAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        events[^1].ShouldBe("data: [DONE]");
        JsonNode[] chunks = [.. events[..^1].Select(item => JsonNode.Parse(item["data: ".Length..])!)];
        string.Concat(chunks[..^1].Select(chunk => (string)chunk["choices"]![0]!["text"]!)).ShouldBe("Hello");
        chunks[^1]["choices"]!.AsArray().ShouldBeEmpty();
        ((int)chunks[^1]["usage"]!["total_tokens"]!).ShouldBe(79);
        (await gateway.Usage.NextAsync()).Usage.Total.ShouldBe(79);
    }

    [Theory]
    [InlineData("""{"model":"m"}""", "prompt")]
    [InlineData("""{"prompt":"a"}""", "model")]
    [InlineData("""{"model":"m","prompt":["a","b"]}""", "prompt")]
    [InlineData("""{"model":"m","prompt":[[1,2]]}""", "prompt")]
    [InlineData("""{"model":"m","prompt":"a","n":0}""", "n")]
    [InlineData("""{"model":"m","prompt":"a","stream":"yes"}""", "stream")]
    public async Task Bad_input_names_its_field_and_reaches_nobody(string body, string param)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));

        using HttpResponseMessage answer = await gateway.PostJsonAsync("/v1/completions", body);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)(await answer.ErrorAsync())["param"]).ShouldBe(param);
        gateway.Provider.Requests.ShouldBeEmpty();
    }

    private static async Task<RunningGateway> StartAsync(LoopbackServer provider)
    {
        RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        await gateway.PostAsync(
            "/api/providers",
            $$"""{"name":"oa","kind":"openai","baseUrl":"{{provider.Address}}"}"""
        );
        return gateway;
    }
}
