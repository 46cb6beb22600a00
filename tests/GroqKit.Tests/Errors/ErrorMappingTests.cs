using System.Net;

namespace GroqKit.Tests.Errors;

[Requirement("CL-18")]
public sealed class ErrorMappingTests
{
    public static TheoryData<int, string, Type, bool> Kinds() =>
        new()
        {
            { 401, Error("invalid_request_error", "invalid_api_key"), typeof(GroqAuthenticationException), false },
            {
                403,
                Error("permissions_error", "model_permission_blocked_org"),
                typeof(GroqAuthorizationException),
                false
            },
            { 404, Error("invalid_request_error", "model_not_found"), typeof(GroqModelException), false },
            { 400, Error("invalid_request_error", "model_decommissioned"), typeof(GroqModelException), false },
            { 400, Error("invalid_request_error", "model_terms_required"), typeof(GroqModelException), false },
            { 404, Error("invalid_request_error", "unknown_url"), typeof(GroqValidationException), false },
            { 400, Error("invalid_request_error", null), typeof(GroqValidationException), false },
            { 400, Error("invalid_request_error", "tool_use_failed"), typeof(GroqValidationException), false },
            {
                400,
                Error("invalid_request_error", "context_length_exceeded"),
                typeof(GroqContextLengthException),
                false
            },
            {
                400,
                Error("x", null, "Please reduce the length of the messages or completion."),
                typeof(GroqContextLengthException),
                false
            },
            { 400, Error("invalid_request_error", "content_filter"), typeof(GroqContentFilterException), false },
            { 408, Error("x", null), typeof(GroqTimeoutException), true },
            { 409, Error("x", null), typeof(GroqValidationException), true },
            { 413, Error("tokens", "rate_limit_exceeded"), typeof(GroqRateLimitException), false },
            { 413, Error("invalid_request_error", null), typeof(GroqValidationException), false },
            { 422, Error("x", null), typeof(GroqValidationException), false },
            { 424, Error("external_connector_error", "http_error"), typeof(GroqValidationException), false },
            { 429, Error("requests", "rate_limit_exceeded"), typeof(GroqRateLimitException), true },
            { 498, Error("x", "capacity_exceeded"), typeof(GroqOverloadedException), true },
            { 500, Error("internal_server_error", null), typeof(GroqServerException), true },
            { 502, "<html>bad gateway</html>", typeof(GroqServerException), true },
            {
                503,
                Error("internal_server_error", null, "m is currently over capacity."),
                typeof(GroqOverloadedException),
                true
            },
            { 503, Error("internal_server_error", null), typeof(GroqServerException), true },
            { 529, "", typeof(GroqOverloadedException), true },
            { 403, "<html>1010</html>", typeof(GroqAuthorizationException), false },
            { 404, """{"error":"Not Found"}""", typeof(GroqValidationException), false },
            { 500, """{"error":{"message":5}}""", typeof(GroqServerException), true },
            { 400, """{"detail":[]}""", typeof(GroqValidationException), false },
            { 400, "null", typeof(GroqValidationException), false },
            { 400, "{\"error\":", typeof(GroqValidationException), false },
        };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_status_and_code_give_one_kind(int status, string body, Type kind, bool retryable)
    {
        using GroqClient client = Clients.For(new ScriptedHandler().Next(status, body, ("x-request-id", "req_1")));

        GroqException error = await Should.ThrowAsync<GroqException>(() => client.Models.ListAsync());

        error.ShouldBeOfType(kind);
        error.IsRetryable.ShouldBe(retryable);
        error.Status.ShouldBe((HttpStatusCode)status);
        error.RequestId.ShouldBe("req_1");
        error.Body.ShouldBe(body);
        error.Attempts.ShouldBe(1);
        error.Message.ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public async Task Every_member_of_the_error_is_lifted()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(
            400,
            """
            {"error":{"message":"Failed to call a function.","type":"invalid_request_error","code":"tool_use_failed",
            "param":"tools","failed_generation":"<function=f>","schema_path":"/properties/city","schema_path_segments":["properties","city"],
            "schema_kind":"type","schema_code":"wrong_type"}}
            """,
            ("x-ratelimit-remaining-tokens", "7650"),
            ("x-ratelimit-reset-tokens", "2.085s"),
            ("retry-after", "3")
        );
        using GroqClient client = Clients.For(server);

        var error = await Should.ThrowAsync<GroqValidationException>(() => client.Chat.CreateAsync(Requests.Hello));

        error.Message.ShouldBe("Failed to call a function.");
        error.Type.ShouldBe("invalid_request_error");
        error.Code.ShouldBe("tool_use_failed");
        error.Parameter.ShouldBe("tools");
        error.FailedGeneration.ShouldBe("<function=f>");
        error.SchemaFault!.Path.ShouldBe("/properties/city");
        error.SchemaFault.Segments.ShouldBe(["properties", "city"]);
        (error.SchemaFault.Kind, error.SchemaFault.Code).ShouldBe(("type", "wrong_type"));
        error.RetryAfter.ShouldBe(TimeSpan.FromSeconds(3));
        error.RateLimits!.RemainingTokens.ShouldBe(7650);
        error.RateLimits.ResetTokens.ShouldBe(TimeSpan.FromSeconds(2.085));
    }

    [Fact]
    public async Task What_was_asked_for_debugging_is_read_from_an_error_too()
    {
        using GroqClient client = Clients.For(
            new ScriptedHandler().Next(
                400,
                """
                {"error":{"message":"m","type":"t","debug":{"input_token_ids":[1,2],"input_tokens":["a","b"],"output_token_ids":[3],"output_tokens":["c"],"more":true}}}
                """
            )
        );

        var error = await Should.ThrowAsync<GroqValidationException>(() => client.Chat.CreateAsync(Requests.Hello));

        error.Debug!.InputTokenIds.ShouldBe([1, 2]);
        error.Debug.InputTokens.ShouldBe(["a", "b"]);
        error.Debug.OutputTokenIds.ShouldBe([3]);
        error.Debug.OutputTokens.ShouldBe(["c"]);
        error.Debug.ToJson().ShouldContain("\"more\":true");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("{\"input_token_ids\":\"x\"}")]
    [InlineData("{\"output_tokens\":[1]}")]
    public async Task What_cannot_be_read_of_it_costs_nothing_else(string debug)
    {
        using GroqClient client = Clients.For(
            new ScriptedHandler().Next(400, $$$"""{"error":{"message":"m","code":"c","debug":{{{debug}}}}}""")
        );

        var error = await Should.ThrowAsync<GroqValidationException>(() => client.Chat.CreateAsync(Requests.Hello));

        error.Debug.ShouldBeNull();
        error.Code.ShouldBe("c");
    }

    [Fact]
    public async Task A_failed_generation_may_be_an_object()
    {
        using GroqClient client = Clients.For(
            new ScriptedHandler().Next(400, """{"error":{"message":"m","failed_generation":{"reason":"r"},"code":7}}""")
        );

        var error = await Should.ThrowAsync<GroqValidationException>(() => client.Models.ListAsync());

        error.FailedGeneration.ShouldBe("""{"reason":"r"}""");
        error.Code.ShouldBe("7");
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public async Task The_servers_word_on_retrying_beats_the_status(string word, bool retryable)
    {
        using GroqClient client = Clients.For(
            new ScriptedHandler().Next(retryable ? 400 : 500, "", ("x-should-retry", word))
        );

        (await Should.ThrowAsync<GroqException>(() => client.Models.ListAsync())).IsRetryable.ShouldBe(retryable);
    }

    [Theory]
    [InlineData("<html></html>")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("""{"id":{}}""")]
    public async Task A_success_that_is_not_the_APIs_form_is_a_server_error(string body)
    {
        using GroqClient client = Clients.For(new ScriptedHandler().Next(200, body));

        var error = await Should.ThrowAsync<GroqServerException>(() => client.Chat.CreateAsync(Requests.Hello));

        error.Body.ShouldBe(body);
        error.IsRetryable.ShouldBeFalse();
    }

    [Fact]
    public async Task No_answer_is_a_network_error_with_the_original_inside()
    {
        var original = new HttpRequestException("refused");
        using GroqClient client = Clients.For(new ScriptedHandler().NextError(original));

        var error = await Should.ThrowAsync<GroqNetworkException>(() => client.Models.ListAsync());

        error.InnerException.ShouldBeSameAs(original);
        error.IsRetryable.ShouldBeTrue();
        error.Status.ShouldBeNull();
    }

    private static string Error(string type, string? code, string message = "m") =>
        $$$"""{"error":{"message":"{{{message}}}","type":"{{{type}}}","code":{{{(code is null ? "null" : $"\"{code}\"")}}}}}""";
}
