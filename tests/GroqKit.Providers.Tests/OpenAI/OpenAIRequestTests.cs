using GroqKit.Providers.Configuration;
using GroqKit.TestKit.Loopback;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Tests.OpenAI;

[Requirement("PR-03")]
public sealed class OpenAIRequestTests : IAsyncLifetime
{
    private const string Reply = """
        {"id":"c1","model":"m","created":1,"choices":[{"index":0,"message":{"role":"assistant","content":"hi"},"finish_reason":"stop"}]}
        """;

    private static readonly AIFunction Tool = AIFunctionFactory.Create((int x) => x, "twice");

    private LoopbackServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await LoopbackServer.StartAsync(Answer.Json(Reply));

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Without_options_a_request_holds_model_and_messages_only()
    {
        (await SendAsync("gpt-4.1", null)).ShouldBe(
            """{"model":"gpt-4.1","messages":[{"role":"user","content":"hello"}]}"""
        );
    }

    [Fact]
    public async Task A_model_that_reasons_is_not_sent_what_it_refuses()
    {
        string body = await SendAsync("gpt-6-luna", new ChatOptions { Temperature = 0.7f, MaxOutputTokens = 5 });

        body.ShouldNotContain("temperature");
        body.ShouldContain("\"max_completion_tokens\":5");
    }

    public static TheoryData<string, ChatOptions> NumbersThatJsonLacks =>
        new()
        {
            {
                "temperature",
                new() { Temperature = float.NaN }
            },
            {
                "top_p",
                new() { TopP = float.PositiveInfinity }
            },
            {
                "frequency_penalty",
                new() { FrequencyPenalty = float.NegativeInfinity }
            },
            {
                "presence_penalty",
                new() { PresencePenalty = float.NaN }
            },
            {
                "verbosity",
                new() { AdditionalProperties = new() { ["verbosity"] = double.NaN } }
            },
            {
                "logit_bias",
                new() { AdditionalProperties = new() { ["logit_bias"] = new[] { double.NaN } } }
            },
        };

    [Theory]
    [MemberData(nameof(NumbersThatJsonLacks))]
    public async Task A_number_that_JSON_lacks_is_refused_by_name(string name, ChatOptions options)
    {
        ProviderException error = await Should.ThrowAsync<ProviderException>(() => SendAsync("gpt-4.1", options));

        error.Failure.ShouldBe(ProviderFailure.CallerMistake);
        error.Parameter.ShouldBe(name);
        error.Message.ShouldStartWith($"{name}: ");
        error.Model.ShouldBe("gpt-4.1");
        _server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Tools_switch_reasoning_off_where_they_exclude_each_other()
    {
        string body = await SendAsync("gpt-6-luna", new ChatOptions { Tools = [Tool], Temperature = 0.7f });

        body.ShouldContain("\"reasoning_effort\":\"none\"");
        body.ShouldContain("\"temperature\":0.7");
    }

    [Fact]
    public async Task Tools_are_refused_where_the_model_takes_none() =>
        (
            await Should.ThrowAsync<NotSupportedException>(() =>
                SendAsync("gpt-6.2-sol", new ChatOptions { Tools = [Tool] })
            )
        ).Message.ShouldContain("gpt-6.2-sol");

    [Fact]
    public async Task An_unknown_model_is_sent_everything()
    {
        string body = await SendAsync(
            "my-own",
            new ChatOptions
            {
                Temperature = 0.7f,
                Tools = [Tool],
                Reasoning = new() { Effort = ReasoningEffort.Low },
            }
        );

        body.ShouldContain("\"temperature\":0.7");
        body.ShouldContain("\"reasoning_effort\":\"low\"");
    }

    [Fact]
    public async Task Rules_and_the_name_of_the_limit_can_be_set()
    {
        string body = await SendAsync(
            "my-own",
            new ChatOptions { Temperature = 0.7f, MaxOutputTokens = 5 },
            options =>
            {
                options.Settings["model_rules.my-"] = "efforts=low|high; sampling=false";
                options.Settings["max_tokens_field"] = "max_tokens";
            }
        );

        body.ShouldNotContain("temperature");
        body.ShouldContain("\"max_tokens\":5");
    }

    [Fact]
    public async Task Known_parameters_pass_and_notes_of_others_do_not()
    {
        var options = new ChatOptions
        {
            AdditionalProperties = new() { ["service_tier"] = "flex", ["my_note"] = 1 },
        };

        string body = await SendAsync("gpt-4.1", options);

        body.ShouldContain("\"service_tier\":\"flex\"");
        body.ShouldNotContain("my_note");
    }

    [Theory]
    [InlineData("{0}", "/v1/chat/completions")]
    [InlineData("{0}/v1/", "/v1/chat/completions")]
    [InlineData("{0}/openai/v1", "/openai/v1/chat/completions")]
    [InlineData("{0}/api/v3", "/api/v3/chat/completions")]
    [InlineData("{0}/v1beta/openai/", "/v1beta/openai/chat/completions")]
    public async Task An_address_is_completed_only_where_it_names_no_version(string form, string target)
    {
        string root = _server.Address.AbsoluteUri.TrimEnd('/');

        await SendAsync("m", null, options => options.BaseUrl = form.Replace("{0}", root, StringComparison.Ordinal));

        _server.Requests[0].Target.ShouldBe(target);
    }

    [Fact]
    public async Task An_own_server_needs_no_key()
    {
        await SendAsync("m", null, options => options.ApiKey = null);

        _server.Requests[0].Headers.ContainsKey("Authorization").ShouldBeFalse();
    }

    [Fact]
    public async Task A_failed_attempt_is_repeated_as_often_as_allowed()
    {
        await _server.DisposeAsync();
        _server = await LoopbackServer.StartAsync(
            Answer.InTurn(
                Answer.Json("""{"error":{"message":"later"}}""", 503, ("retry-after-ms", "0")),
                Answer.Json(Reply)
            )
        );

        await SendAsync("m", null, options => options.MaxRetries = 1);

        _server.Requests.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(429, "insufficient_quota", ProviderFailure.QuotaExhausted, false)]
    [InlineData(429, "rate_limit_exceeded", ProviderFailure.RateLimited, true)]
    [InlineData(400, "context_length_exceeded", ProviderFailure.ContextLength, false)]
    [InlineData(400, "content_policy_violation", ProviderFailure.ContentFilter, false)]
    [InlineData(404, "model_not_found", ProviderFailure.ModelUnavailable, false)]
    public async Task The_code_says_more_than_the_status(
        int status,
        string code,
        ProviderFailure failure,
        bool isRetryable
    )
    {
        await _server.DisposeAsync();
        _server = await LoopbackServer.StartAsync(
            Answer.Json($$$"""{"error":{"message":"m","type":"t","code":"{{{code}}}"}}""", status)
        );

        ProviderException error = await Should.ThrowAsync<ProviderException>(() => SendAsync("m", null));

        error.Failure.ShouldBe(failure);
        error.IsRetryable.ShouldBe(isRetryable);
        error.Code.ShouldBe(code);
    }

    private async Task<string> SendAsync(string model, ChatOptions? options, Action<ProviderOptions>? configure = null)
    {
        ProviderOptions provider = new()
        {
            Name = "own",
            Kind = "openai",
            ApiKey = "test-key",
            BaseUrl = _server.Address.AbsoluteUri,
            MaxRetries = 0,
        };
        configure?.Invoke(provider);
        using ProviderSet set = ProviderRegistry.Default.Create([provider]);
        await set.All[0].CreateChatClient(model).GetResponseAsync("hello", options);
        return _server.Requests[^1].Text;
    }
}
