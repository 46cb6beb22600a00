using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Infrastructure.Usage;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;
using Microsoft.Extensions.DependencyInjection;

namespace GroqKit.Gateway.Tests.Api.Admin;

[Requirement("GW-06", "GW-07")]
public sealed class UsageApiTests(TestDatabases databases)
{
    private const string Priced =
        """{"model":"openai/gpt-oss-120b","user":"ann","messages":[{"role":"user","content":"Hello"}]}""";

    [Theory, EveryEngine]
    public async Task A_call_is_in_the_list_under_its_request_id(Engine engine)
    {
        await using RunningGateway gateway = await StartAsync(engine);
        using HttpResponseMessage answer = await gateway.ChatAsync(Priced);
        string id = answer.Header("x-request-id")!;
        await ShipAsync(gateway);

        JsonObject list = await GetAsync(gateway, $"/api/usage?requestId={id}");

        JsonObject item = list["items"]!.AsArray().ShouldHaveSingleItem()!.AsObject();
        ((string?)item["requestId"]).ShouldBe(id);
        ((string?)item["key"]).ShouldBe("key_environment");
        ((string?)item["provider"]).ShouldBe("groq");
        ((string?)item["model"]).ShouldBe("openai/gpt-oss-120b");
        ((string?)item["service"]).ShouldBe("llm");
        ((int?)item["status"]).ShouldBe(200);
        ((bool?)item["estimated"]).ShouldBe(false);
        ((int?)item["promptTokens"]).ShouldBe(12);
        ((int?)item["completionTokens"]).ShouldBe(3);
        ((int?)item["totalTokens"]).ShouldBe(15);
        ((string?)item["endUser"]).ShouldBe("ann");
        ((decimal?)item["cost"]).ShouldBe(decimal.Parse(answer.Header("x-groqkit-cost")!));
        ((decimal?)item["latencyMs"])!.Value.ShouldBeGreaterThan(0);
        ((decimal?)item["firstTokenMs"])!.Value.ShouldBeGreaterThan(0);
        foreach (string name in (string[])["agent", "audioSeconds", "fallback"])
        {
            item.ContainsKey(name).ShouldBeTrue(name);
            item[name].ShouldBeNull(name);
        }
        ((long?)item["characters"]).ShouldBe(0);
        DateTimeOffset.Parse((string)item["startedAt"]!).Offset.ShouldBe(TimeSpan.Zero);
        list["next"].ShouldBeNull();
        list.Select(member => member.Key).ShouldBe(["items", "next"]);
    }

    [Theory, EveryEngine]
    public async Task Pages_and_sums_agree(Engine engine)
    {
        await using RunningGateway gateway = await StartAsync(engine);
        for (int i = 0; i < 5; i++)
            (await gateway.ChatAsync(Priced)).Dispose();
        (await gateway.ChatAsync("{}")).Dispose();
        await ShipAsync(gateway);
        var ids = new HashSet<string>();

        string? next = "";
        while (next is not null)
        {
            JsonObject page = await GetAsync(gateway, $"/api/usage?limit=2&after={next}");
            foreach (JsonNode? item in page["items"]!.AsArray())
                ids.Add((string)item!["requestId"]!).ShouldBeTrue();
            next = (string?)page["next"];
        }
        JsonObject summary = await GetAsync(gateway, "/api/usage/summary?groupBy=model,day");

        ids.Count.ShouldBe(6);
        summary["items"]!.AsArray().Count.ShouldBe(2);
        ((int?)summary["total"]!["requests"]).ShouldBe(6);
        ((int?)summary["total"]!["refused"]).ShouldBe(1);
        ((int?)summary["total"]!["totalTokens"]).ShouldBe(75);
        ((decimal?)summary["total"]!["cost"])!.Value.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Reports_come_as_csv_too()
    {
        await using RunningGateway gateway = await StartAsync(Engine.Sqlite);
        (await gateway.ChatAsync(Priced.Replace("ann", "=1+1,\\\"x"))).Dispose();
        await ShipAsync(gateway);

        using HttpResponseMessage list = await gateway.Client.GetAsync(
            "/api/usage?format=csv",
            TestContext.Current.CancellationToken
        );

        list.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        string[] lines = (await list.TextAsync()).Split("\r\n");
        lines.Length.ShouldBe(3);
        lines[0].ShouldStartWith("requestId,startedAt,agent,key,");
        lines[1].ShouldContain(",\"'=1+1,\"\"x\",");
        using HttpResponseMessage sums = await gateway.Client.GetAsync(
            "/api/usage/summary?groupBy=service&format=csv",
            TestContext.Current.CancellationToken
        );
        (await sums.TextAsync()).Split("\r\n")[1].ShouldStartWith("llm,1,0,0,0,0,12,");
    }

    [Theory]
    [InlineData("/api/usage?agnet=x", "agnet")]
    [InlineData("/api/usage?limit=0", "limit")]
    [InlineData("/api/usage?limit=1001", "limit")]
    [InlineData("/api/usage?limit=ten", "limit")]
    [InlineData("/api/usage?after=x", "after")]
    [InlineData("/api/usage?from=yesterday", "from")]
    [InlineData("/api/usage?from=2026-11-21&to=2026-11-20", "to")]
    [InlineData("/api/usage?format=xml", "format")]
    [InlineData("/api/usage?model=a&model=b", "model")]
    [InlineData("/api/usage?groupBy=model", "groupBy")]
    [InlineData("/api/usage/summary?groupBy=colour", "groupBy")]
    [InlineData("/api/usage/summary?groupBy=1", "groupBy")]
    [InlineData("/api/usage/summary?groupBy=model,model", "groupBy")]
    [InlineData("/api/usage/summary?groupBy=", null)]
    [InlineData("/api/usage/summary?requestId=req_1", "requestId")]
    public async Task A_mistake_in_the_query_is_one_error_that_names_it(string path, string? param)
    {
        await using RunningGateway gateway = await StartAsync(Engine.Sqlite);

        using HttpResponseMessage answer = await gateway.Client.GetAsync(path, TestContext.Current.CancellationToken);

        if (param is null)
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            return;
        }
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)(await answer.ErrorAsync())["param"]).ShouldBe(param);
    }

    [Fact]
    public async Task An_estimate_costs_what_the_call_then_costs()
    {
        await using RunningGateway gateway = await StartAsync(Engine.Sqlite);
        using HttpResponseMessage call = await gateway.ChatAsync(Priced);

        using HttpResponseMessage answer = await EstimateAsync(
            gateway,
            """{"model":"groq/openai/gpt-oss-120b","promptTokens":12,"completionTokens":3}"""
        );

        JsonNode estimate = JsonNode.Parse(await answer.TextAsync())!;
        ((decimal?)estimate["cost"]).ShouldBe(decimal.Parse(call.Header("x-groqkit-cost")!));
        ((string?)estimate["provider"]).ShouldBe("groq");
        ((string?)estimate["currency"]).ShouldBe("USD");
    }

    [Theory]
    [InlineData("""{"model":"whisper-large-v3-turbo","audioSeconds":3600}""", "0.04")]
    [InlineData("""{"model":"canopylabs/orpheus-v1-english","characters":1000000}""", "22")]
    [InlineData("""{"model":"nobody/knows-it","promptTokens":1}""", null)]
    [InlineData("""{"model":"whisper-large-v3-turbo","service":"stt","audioSeconds":1}""", "0.000111111111")]
    [InlineData("""{"model":"openai/gpt-6.2-sol","promptTokens":200000,"cachedTokens":100000}""", "0.21")]
    [InlineData("""{"model":"openai/gpt-6.2-sol","completionTokens":100000,"serviceTier":"flex"}""", "0.5")]
    [InlineData("""{"model":"openai/gpt-6.2-sol","completionTokens":100000,"serviceTier":"nobody"}""", null)]
    [InlineData("""{"model":"elevenlabs/eleven_v4","characters":1000}""", "0.08")]
    [InlineData("""{"model":"elevenlabs/eleven_v4","service":"tts","text":"ten chars!"}""", "0.0008")]
    [InlineData("""{"model":"elevenlabs/nobody_v4","characters":1000}""", null)]
    public async Task Estimates_know_audio_and_speech_and_what_they_do_not_know(string body, string? cost)
    {
        await using RunningGateway gateway = await StartAsync(Engine.Sqlite);

        using HttpResponseMessage answer = await EstimateAsync(gateway, body);

        JsonNode estimate = JsonNode.Parse(await answer.TextAsync())!;
        decimal? known = (decimal?)estimate["cost"];
        (known is { } exact ? decimal.Round(exact, 12) : known).ShouldBe(
            cost is null ? null : decimal.Parse(cost, CultureInfo.InvariantCulture)
        );
    }

    [Theory]
    [InlineData("{}", "model")]
    [InlineData("""{"model":5}""", "model")]
    [InlineData("""{"model":"a b"}""", "model")]
    [InlineData("""{"model":"m","tokens":5}""", "tokens")]
    [InlineData("""{"model":"m","promptTokens":-1}""", "promptTokens")]
    [InlineData("""{"model":"m","promptTokens":1.5}""", "promptTokens")]
    [InlineData("""{"model":"m","cachedTokens":5}""", "cachedTokens")]
    [InlineData("""{"model":"m","audioSeconds":"5"}""", "audioSeconds")]
    [InlineData("""{"model":"m","text":5}""", "text")]
    [InlineData("""{"model":"m","service":"video"}""", "service")]
    [InlineData("""{"model":"elevenlabs/a b","service":"tts"}""", "model")]
    public async Task A_mistake_in_an_estimate_names_its_field(string body, string param)
    {
        await using RunningGateway gateway = await StartAsync(Engine.Sqlite);

        using HttpResponseMessage answer = await EstimateAsync(gateway, body);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)(await answer.ErrorAsync())["param"]).ShouldBe(param);
    }

    private async Task<RunningGateway> StartAsync(Engine engine) =>
        await RunningGateway.StartAsync(
            Answer.Json(Chunks.Whole),
            $"--GROQKIT_DATABASE={await databases.CreateAsync(engine)}"
        );

    private static Task ShipAsync(RunningGateway gateway) =>
        gateway.Services.GetRequiredService<UsageShipper>().ShippedAsync(TestContext.Current.CancellationToken);

    private static async Task<JsonObject> GetAsync(RunningGateway gateway, string path)
    {
        using HttpResponseMessage answer = await gateway.Client.GetAsync(path, TestContext.Current.CancellationToken);
        string text = await answer.TextAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!.AsObject();
    }

    private static Task<HttpResponseMessage> EstimateAsync(RunningGateway gateway, string body) =>
        gateway.Client.PostAsync(
            "/api/estimate",
            new StringContent(body, Encoding.UTF8, "application/json"),
            TestContext.Current.CancellationToken
        );
}
