using System.Net;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;

namespace GroqKit.Gateway.Tests.Api.Health;

[Requirement("GW-09")]
public sealed class HealthTests
{
    [Fact]
    public async Task Live_and_ready_need_no_key_and_tell_little()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        gateway.Client.DefaultRequestHeaders.Authorization = null;

        (await GetAsync(gateway, "/health/live")).ShouldBe((HttpStatusCode.OK, """{"status":"live"}"""));
        (await GetAsync(gateway, "/health/ready")).ShouldBe(
            (HttpStatusCode.OK, """{"status":"ready","simulated":false}""")
        );
        (await GetAsync(gateway, "/health/providers")).ShouldBe(
            (
                HttpStatusCode.OK,
                """{"providers":[{"name":"groq","simulated":false,"status":"unknown","latencyMs":null}]}"""
            )
        );
        gateway.Provider.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_provider_is_failing_after_five_failures_in_a_row_and_well_after_one_success()
    {
        // Each call is three attempts.
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.InTurn(
                Answer.Text("text/html", "", 500),
                [.. Enumerable.Repeat(Answer.Text("text/html", "", 503), 14), Answer.Json(Chunks.Whole)]
            )
        );

        for (int i = 0; i < 4; i++)
            (await gateway.ChatAsync(RunningGateway.Hello)).Dispose();
        (await StatusAsync(gateway)).ShouldBe("ok");
        (await gateway.ChatAsync(RunningGateway.Hello)).Dispose();
        (await StatusAsync(gateway)).ShouldBe("failing");
        (await gateway.ChatAsync(RunningGateway.Hello)).Dispose();
        (await StatusAsync(gateway)).ShouldBe("ok");
    }

    [Fact]
    public async Task The_callers_own_mistakes_do_not_make_a_provider_fail()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Json("""{"error":{"message":"no","type":"t"}}""", 400)
        );

        for (int i = 0; i < 6; i++)
            (await gateway.ChatAsync(RunningGateway.Hello)).Dispose();

        (await StatusAsync(gateway)).ShouldBe("ok");
    }

    [Fact]
    public async Task Who_asks_for_a_check_learns_whether_each_provider_answers_and_how_quickly()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Json("""{"object":"list","data":[]}"""),
            "--OPENAI_API_KEY=sk-test",
            "--OPENAI_BASE_URL=http://127.0.0.1:9"
        );
        gateway.Client.DefaultRequestHeaders.Authorization = null;

        for (int i = 0; i < 3; i++)
        {
            JsonNode[] providers =
            [
                .. JsonNode.Parse((await GetAsync(gateway, "/health/providers?check=true")).Body)!["providers"]!
                    .AsArray()
                    .OfType<JsonNode>(),
            ];
            providers.Length.ShouldBe(2);
            ((string?)providers[0]["status"]).ShouldBe("ok");
            ((bool?)providers[0]["reachable"]).ShouldBe(true);
            ((double?)providers[0]["latencyMs"]).ShouldNotBeNull().ShouldBeGreaterThan(0);
            ((string?)providers[1]["name"]).ShouldBe("openai");
            ((string?)providers[1]["status"]).ShouldBe("failing");
            ((bool?)providers[1]["reachable"]).ShouldBe(false);
        }

        gateway.Provider.Requests.ShouldHaveSingleItem().Target.ShouldBe("/openai/v1/models");
    }

    private static async Task<string> StatusAsync(RunningGateway gateway) =>
        JsonNode.Parse((await GetAsync(gateway, "/health/providers")).Body)!["providers"]![0]![
            "status"
        ]!.GetValue<string>();

    private static async Task<(HttpStatusCode Status, string Body)> GetAsync(RunningGateway gateway, string path)
    {
        using HttpResponseMessage answer = await gateway.Client.GetAsync(path, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.TextAsync());
    }
}
