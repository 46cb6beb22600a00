using System.Net;
using System.Net.Http.Json;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;

namespace GroqKit.Gateway.Tests.Api.OpenAi;

[Requirement("GW-14", "GW-03")]
public sealed class AgentLimitTests
{
    [Fact]
    public async Task An_agents_limit_holds_for_all_its_calls_and_for_nobody_else()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        await SetAsync(
            gateway,
            HttpMethod.Post,
            "/api/agents",
            new { name = "busy", limits = new { requests = new { day = 2 } } }
        );
        await SetAsync(
            gateway,
            HttpMethod.Put,
            "/api/agents/busy/providers/llm",
            new { provider = "groq", model = "m" }
        );

        for (int call = 0; call < 2; call++)
        {
            using HttpResponseMessage admitted = await AskAsync(gateway, "agent/busy");
            admitted.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        using HttpResponseMessage refused = await AskAsync(gateway, "agent/busy");
        using HttpResponseMessage plain = await AskAsync(gateway, "m");

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await refused.ErrorAsync())["message"]!.ToString().ShouldContain("agent");
        plain.StatusCode.ShouldBe(HttpStatusCode.OK);
        gateway.Provider.Requests.Count.ShouldBe(3);
    }

    private static Task<HttpResponseMessage> AskAsync(RunningGateway gateway, string model) =>
        gateway.ChatAsync($$"""{"model":"{{model}}","messages":[{"role":"user","content":"Hello"}]}""");

    private static async Task SetAsync(RunningGateway gateway, HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        using HttpResponseMessage answer = await gateway.Client.SendAsync(
            request,
            TestContext.Current.CancellationToken
        );
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.TextAsync());
    }
}
