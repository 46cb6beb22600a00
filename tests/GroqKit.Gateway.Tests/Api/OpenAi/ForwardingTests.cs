using System.Net;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;
using Microsoft.AspNetCore.Http;

namespace GroqKit.Gateway.Tests.Api.OpenAi;

[Requirement("GW-02")]
public sealed class ForwardingTests
{
    [Theory]
    [InlineData("/v1/chat/completions")]
    [InlineData("/openai/v1/chat/completions")]
    public async Task A_whole_answer_comes_back_unchanged(string path)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));

        using HttpResponseMessage answer = await gateway.ChatAsync(RunningGateway.Hello, path);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.TextAsync()).ShouldBe(Chunks.Whole);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("application/json");
        gateway.Provider.Requests.ShouldHaveSingleItem().Target.ShouldBe("/openai/v1/chat/completions");
    }

    [Theory]
    [InlineData(
        """{"model":"openai/gpt-oss-120b","messages":[{"role":"user","content":"a"}]}""",
        "openai/gpt-oss-120b"
    )]
    [InlineData("""{"model":"groq/compound","messages":[{"role":"user","content":"a"}]}""", "groq/compound")]
    [InlineData(
        " {\n \"messages\" : [ {\"role\":\"user\",\"content\":\"\\u00e9é😀\"} ] , \"model\" : \"m\" , \"x\":1.50 }\n",
        "m"
    )]
    [InlineData("""{"model":"openai\/gpt-oss-20b","messages":[{"role":"user","content":"a"}]}""", "openai/gpt-oss-20b")]
    public async Task A_body_that_needs_no_change_is_forwarded_byte_for_byte(string body, string model)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));

        using HttpResponseMessage answer = await gateway.ChatAsync(body);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
        gateway.Provider.Requests.ShouldHaveSingleItem().Text.ShouldBe(body);
        answer.Header("x-groqkit-model").ShouldBe(model);
        answer.Header("x-groqkit-provider").ShouldBe("groq");
    }

    [Theory]
    [InlineData("\"groq/openai/gpt-oss-120b\"", "\"openai/gpt-oss-120b\"")]
    [InlineData("\"groq\\/m\"", "\"m\"")]
    [InlineData("\"\\u0067roq/m\"", "\"m\"")]
    [InlineData("\"groq/groq/compound\"", "\"groq/compound\"")]
    public async Task Only_the_models_bytes_change_when_it_is_renamed(string asked, string forwarded)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        const string Before = """{ "x": 1e5, "model": """;
        const string After = """ , "messages":[{"role":"user","content":"model"}], "y":"groq\/m" }""";

        using HttpResponseMessage answer = await gateway.ChatAsync(Before + asked + After);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
        gateway.Provider.Requests.ShouldHaveSingleItem().Text.ShouldBe(Before + forwarded + After);
        answer.Header("x-groqkit-model").ShouldBe(forwarded.Trim('"'));
    }

    [Fact]
    public async Task Of_the_callers_headers_none_reaches_the_provider()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        foreach (
            string name in (string[])
                [
                    "Cookie",
                    "X-Forwarded-For",
                    "Forwarded",
                    "Proxy-Authorization",
                    "X-Stainless-Lang",
                    "traceparent",
                    "X-Secret",
                ]
        )
            gateway.Client.DefaultRequestHeaders.TryAddWithoutValidation(name, "from-the-caller");
        gateway.Client.DefaultRequestHeaders.UserAgent.ParseAdd("caller/1.0");
        gateway.Client.DefaultRequestHeaders.Connection.Add("X-Secret");

        using HttpResponseMessage answer = await gateway.ChatAsync(RunningGateway.Hello);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var headers = gateway.Provider.Requests.ShouldHaveSingleItem().Headers;
        headers
            .Keys.Order(StringComparer.OrdinalIgnoreCase)
            .ShouldBe(["Accept", "Authorization", "Content-Length", "Content-Type", "Host", "User-Agent"]);
        headers["Authorization"].ShouldBe("Bearer " + RunningGateway.ProviderKey);
        headers["User-Agent"].ShouldStartWith("GroqKit-Gateway/");
        headers["Content-Type"].ShouldBe("application/json");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_the_providers_headers_only_harmless_ones_reach_the_caller(bool stream)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(async context =>
        {
            foreach (
                string name in (string[])
                    [
                        "Set-Cookie",
                        "Server",
                        "x-ratelimit-remaining-tokens",
                        "x-groq-region",
                        "cf-ray",
                        "x-request-id",
                        "alt-svc",
                    ]
            )
                context.Response.Headers[name] = "from-the-provider";
            context.Response.Headers.CacheControl = "no-cache";
            context.Response.ContentType = stream ? "text/event-stream" : "application/json; charset=utf-8";
            await context.Response.WriteAsync(stream ? Chunks.Role + Chunks.Stop + Chunks.Done : Chunks.Whole);
        });

        using HttpResponseMessage answer = await gateway.ChatAsync(
            stream ? RunningGateway.HelloStream : RunningGateway.Hello
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        string[] names =
        [
            .. answer.Headers.Concat(answer.Content.Headers).Select(header => header.Key.ToLowerInvariant()).Order(),
        ];
        string[] expected =
        [
            "cache-control",
            "content-type",
            "date",
            "x-groqkit-model",
            "x-groqkit-provider",
            "x-request-id",
        ];
        names.ShouldBe([
            .. expected
                .Append(stream ? "transfer-encoding" : "content-length")
                .Concat(stream ? ["x-accel-buffering"] : (string[])[])
                .Order(),
        ]);
        answer.Header("x-request-id").ShouldNotBe("from-the-provider");
    }

    [Fact]
    [Requirement("GW-06")]
    public async Task A_whole_answer_is_accounted_with_the_providers_figures()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));

        using HttpResponseMessage answer = await gateway.ChatAsync(RunningGateway.Hello.Replace("\"m\"", "\"groq/m\""));

        UsageRecord record = await gateway.Usage.NextAsync();
        record.RequestId.ShouldBe(answer.Header("x-request-id"));
        record.Operation.ShouldBe(Operation.Chat);
        record.KeyId.ShouldBe("key_environment");
        record.Provider.ShouldBe("groq");
        record.Model.ShouldBe("m");
        record.Outcome.ShouldBe(Outcome.Completed);
        record.Status.ShouldBe(200);
        record.Usage.ShouldBe(new TokenUsage(12, 3, 15));
        record.Estimated.ShouldBeFalse();
        record.FinishReason.ShouldBe("stop");
        record.Streamed.ShouldBeFalse();
        record.Overhead.ShouldBeLessThanOrEqualTo(record.Duration);
    }

    [Fact]
    [Requirement("GW-06")]
    public async Task The_account_is_settled_before_the_caller_has_the_answer()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));

        for (int i = 0; i < 50; i++)
        {
            using HttpResponseMessage answer = await gateway.ChatAsync(RunningGateway.Hello);
            await answer.TextAsync();
            gateway.Usage.Waiting.ShouldBe(i + 1);
        }
    }

    [Fact]
    public async Task Bodies_of_calls_at_the_same_time_are_not_mixed()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            string asked = await reader.ReadToEndAsync(context.RequestAborted);
            string echo = asked.Split('§')[1];
            await Answer.Json(Chunks.Whole.Replace("Hi", echo))(context);
        });

        await Parallel.ForAsync(
            0,
            400,
            TestContext.Current.CancellationToken,
            async (i, _) =>
            {
                string marker = $"{i}-{new string((char)('a' + i % 26), i * 13)}";
                using HttpResponseMessage answer = await gateway.ChatAsync(
                    RunningGateway.Hello.Replace("Hello", $"§{marker}§")
                );
                (await answer.TextAsync()).ShouldContain($"\"{marker}\"");
            }
        );
    }
}
