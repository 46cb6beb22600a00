using System.Text.Json.Nodes;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;
using Microsoft.AspNetCore.Http;

namespace GroqKit.Gateway.Tests.Api.OpenAi;

[Requirement("GW-02", "GW-06")]
public sealed class StreamHygieneTests
{
    private const string End =
        "data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";

    private const string UsageChunk =
        "data: {\"id\":\"c1\",\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":2,\"total_tokens\":9}}\n\n";

    private static readonly RequestDelegate Tells = Answer.Stream(
        "text/event-stream",
        Chunks.Role,
        Chunks.Word("Hi"),
        End,
        UsageChunk,
        Chunks.Done
    );

    [Theory]
    [InlineData("")]
    [InlineData(",\"stream_options\":null")]
    [InlineData(",\"stream_options\":{}")]
    [InlineData(",\"stream_options\":{\"include_usage\":false}")]
    [InlineData(",\"stream_options\":{\"include_usage\":null,\"include_obfuscation\":false}")]
    [InlineData(",\"stream_options\":{\"include_obfuscation\":false}")]
    public async Task Usage_is_asked_for_on_the_accounts_behalf_and_kept_from_who_did_not_ask(string options)
    {
        await using RunningGateway gateway = await StartAsync();

        using HttpResponseMessage answer = await gateway.ChatAsync(Request(options));

        (await answer.TextAsync()).ShouldBe(Chunks.Role + Chunks.Word("Hi") + End + Chunks.Done);
        JsonNode asked = JsonNode.Parse(gateway.Provider.Requests.Single().Text)!;
        asked["stream_options"]!["include_usage"]!.GetValue<bool>().ShouldBeTrue();
        (asked["stream_options"]!["include_obfuscation"] is not null).ShouldBe(
            options.Contains("obfuscation", StringComparison.Ordinal)
        );
        UsageRecord record = await gateway.Usage.NextAsync();
        record.Usage.ShouldBe(new TokenUsage(7, 2, 9));
        record.Estimated.ShouldBeFalse();
    }

    [Fact]
    public async Task Who_asks_for_usage_gets_it_once()
    {
        await using RunningGateway gateway = await StartAsync();

        using HttpResponseMessage answer = await gateway.ChatAsync(
            Request(",\"stream_options\":{\"include_usage\":true}")
        );

        (await answer.TextAsync()).ShouldBe(Chunks.Role + Chunks.Word("Hi") + End + UsageChunk + Chunks.Done);
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"stream_options\":{\"include_usage\":false}")]
    public async Task A_provider_that_tells_unasked_is_kept_from_telling_who_did_not_ask(string options)
    {
        await using RunningGateway gateway = await StartAsync();

        using HttpResponseMessage answer = await gateway.ChatAsync(Request(options, "m"));

        (await answer.TextAsync()).ShouldBe(Chunks.Role + Chunks.Word("Hi") + End + Chunks.Done);
        UsageRecord record = await gateway.Usage.NextAsync();
        record.Usage.ShouldBe(new TokenUsage(7, 2, 9));
    }

    [Theory]
    [InlineData("m")]
    [InlineData("other/m")]
    public async Task Who_asks_gets_the_closing_chunk_also_of_a_provider_that_tells_elsewhere(string model)
    {
        await using RunningGateway gateway = await StartAsync(
            Answer.Stream("text/event-stream", Chunks.Role, Chunks.Word("Hi"), Chunks.Stop, Chunks.Done)
        );

        using HttpResponseMessage answer = await gateway.ChatAsync(
            Request(",\"stream_options\":{\"include_usage\":true}", model)
        );

        (await answer.TextAsync()).ShouldBe(
            Chunks.Role
                + Chunks.Word("Hi")
                + Chunks.Stop
                + "data: {\"id\":\"c1\",\"choices\":[],\"usage\":{\"prompt_tokens\":70,\"completion_tokens\":9,\"total_tokens\":79}}\n\n"
                + Chunks.Done
        );
    }

    [Theory]
    [InlineData(",\"stream_options\":{\"include_usage\":true,\"include_usage\":false}", "stream_options.include_usage")]
    [InlineData(",\"messages\":[]", "messages")]
    public async Task What_is_said_twice_is_refused(string more, string param)
    {
        await using RunningGateway gateway = await StartAsync();

        using HttpResponseMessage answer = await gateway.ChatAsync(Request(more));

        ((int)answer.StatusCode).ShouldBe(400);
        JsonObject error = await answer.ErrorAsync();
        error["code"]!.GetValue<string>().ShouldBe("duplicate_parameter");
        error["param"]!.GetValue<string>().ShouldBe(param);
        gateway.Provider.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_long_silence_shows_life_between_whole_events()
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            async context =>
            {
                await Answer.Stream("text/event-stream", Chunks.Role, Chunks.Word("one"), "data: {\"id\":")(context);
                await goOn.Task;
                await context.Response.WriteAsync(Chunks.Stop["data: {\"id\":".Length..] + Chunks.Done);
            },
            "--GroqKit:Deadlines:Heartbeat=50ms"
        );

        using HttpResponseMessage answer = await gateway.ChatAsync(RunningGateway.HelloStream);
        using var reader = new StreamReader(
            await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)
        );
        string text = "";
        while (!text.Contains(": still waiting", StringComparison.Ordinal))
            text += await reader.ReadLineAsync(TestContext.Current.CancellationToken) + "\n";
        goOn.SetResult();
        text += await reader.ReadToEndAsync(TestContext.Current.CancellationToken);

        text.Replace(": still waiting\n\n", "", StringComparison.Ordinal)
            .ShouldBe(Chunks.Role + Chunks.Word("one") + Chunks.Stop + Chunks.Done);
    }

    private static async Task<RunningGateway> StartAsync(RequestDelegate? provider = null)
    {
        RunningGateway gateway = await RunningGateway.StartAsync(provider ?? Tells);
        AdminAnswer made = await gateway.PostAsync(
            "/api/providers",
            $$"""{"name":"other","kind":"openai","baseUrl":"{{gateway.Provider.Address}}"}"""
        );
        ((int)made.Status).ShouldBe(201, made.Body.ToString());
        return gateway;
    }

    private static string Request(string more, string model = "other/m") =>
        $$"""{"model":"{{model}}","stream":true,"messages":[{"role":"user","content":"Hello"}]{{more}}}""";
}
