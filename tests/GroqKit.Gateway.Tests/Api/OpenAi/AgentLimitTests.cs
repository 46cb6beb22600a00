using System.Net;
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
        AdminAnswer made = await gateway.PostAsync(
            "/api/agents",
            """{"name":"busy","limits":{"requests":{"day":2}}}"""
        );
        made.Status.ShouldBe(HttpStatusCode.Created);
        AdminAnswer set = await gateway.PutAsync(
            "/api/agents/busy/providers/llm",
            """{"provider":"groq","model":"m"}"""
        );
        set.Status.ShouldBe(HttpStatusCode.OK);

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
}
