using GroqKit.TestKit.Contract;

namespace GroqKit.Simulator.Tests.Faults;

[Requirement("SM-01")]
public sealed class StatusFaultTests(Sim sim) : IClassFixture<Sim>
{
    public static TheoryData<int, string, string?> Statuses =>
        new()
        {
            { 400, "invalid_request_error", null },
            { 401, "invalid_request_error", "invalid_api_key" },
            { 403, "permissions_error", "model_permission_blocked_org" },
            { 404, "invalid_request_error", "model_not_found" },
            { 408, "internal_server_error", null },
            { 409, "invalid_request_error", null },
            { 413, "tokens", "rate_limit_exceeded" },
            { 422, "invalid_request_error", null },
            { 424, "external_connector_error", "http_error" },
            { 429, "tokens", "rate_limit_exceeded" },
            { 498, "internal_server_error", "capacity_exceeded" },
            { 500, "internal_server_error", null },
            { 503, "internal_server_error", null },
            { 504, "internal_server_error", null },
            { 529, "internal_server_error", null },
        };

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task A_status_asked_for_by_header_comes_with_its_body(int status, string type, string? code)
    {
        Reply reply = await sim.ChatAsync(Sim.Chat(), ("x-sim-fault", $"{status}"));

        ShouldBeError(reply, status, type, code);
    }

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task A_status_asked_for_by_model_name_comes_with_its_body(int status, string type, string? code)
    {
        Reply reply = await sim.ChatAsync(Sim.Chat("\"stream\":true", model: $"sim/{status}"));

        ShouldBeError(reply, status, type, code);
    }

    [Fact]
    public async Task A_bad_gateway_is_an_html_page()
    {
        Reply reply = await sim.ChatAsync(Sim.Chat(), ("x-sim-fault", "502"));

        reply.Status.ShouldBe(502);
        reply.ContentType.ShouldBe("text/html");
        reply.Text.ShouldContain("<h1>502 Bad Gateway</h1>");
    }

    [Fact]
    public async Task A_rate_limit_names_when_to_come_back()
    {
        Reply usual = await sim.ChatAsync(Sim.Chat(), ("x-sim-fault", "429"));
        Reply chosen = await sim.ChatAsync(Sim.Chat(), ("x-sim-fault", "429:retry-after=17"));

        usual.Headers["retry-after"].ShouldBe("1");
        chosen.Headers["retry-after"].ShouldBe("17");
        chosen.Error.GetProperty("message").GetString().ShouldEndWith("Please try again in 17s.");
    }

    [Theory]
    [InlineData("nonsense", "unknown fault 'nonsense'")]
    [InlineData("429:retry=3", "has no parameter 'retry'")]
    [InlineData("429:retry-after=x", "must be a whole number from 0 to 86400")]
    [InlineData("500:ms=3", "it has percent")]
    [InlineData(",", "no fault is named")]
    public async Task A_fault_that_does_not_exist_is_a_clear_error(string fault, string message)
    {
        Reply header = await sim.ChatAsync(Sim.Chat(), ("x-sim-fault", fault));
        Reply model = await sim.ChatAsync(Sim.Chat(model: $"sim/{fault}"));

        header.Status.ShouldBe(400);
        header.Error.GetProperty("param").GetString().ShouldBe("x-sim-fault");
        header.Error.GetProperty("message").GetString()!.ShouldContain(message);
        model.Error.GetProperty("param").GetString().ShouldBe("model");
        model.Error.GetProperty("message").GetString()!.ShouldContain(message);
    }

    private static void ShouldBeError(Reply reply, int status, string type, string? code)
    {
        reply.Status.ShouldBe(status);
        reply.ContentType.ShouldBe("application/json");
        GroqContract.ValidateError(reply.Text).ShouldBeEmpty();
        reply.Error.GetProperty("message").GetString().ShouldNotBeNullOrWhiteSpace();
        reply.Error.GetProperty("type").GetString().ShouldBe(type);
        (reply.Error.TryGetProperty("code", out var actual) ? actual.GetString() : null).ShouldBe(code);
        reply.Headers["x-request-id"].ShouldStartWith("req_");
    }
}
