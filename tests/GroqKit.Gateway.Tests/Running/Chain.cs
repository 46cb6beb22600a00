using GroqKit.TestKit.Loopback;
using Microsoft.AspNetCore.Http;

namespace GroqKit.Gateway.Tests.Running;

/// <summary>A gateway with the agent <c>helper</c>, whose chain is two providers.</summary>
internal sealed class Chain : IAsyncDisposable
{
    private Chain(RunningGateway gateway, LoopbackServer second)
    {
        Gateway = gateway;
        Second = second;
    }

    public RunningGateway Gateway { get; }

    public LoopbackServer First => Gateway.Provider;

    public LoopbackServer Second { get; }

    public static async Task<Chain> StartAsync(RequestDelegate first, RequestDelegate second, params string[] settings)
    {
        RunningGateway gateway = await RunningGateway.StartAsync(first, settings);
        LoopbackServer other = await ScriptedProvider.StartAsync(second);
        var chain = new Chain(gateway, other);
        AdminAnswer[] made =
        [
            await gateway.PostAsync(
                "/api/providers",
                $$"""{"name":"second","kind":"openai","baseUrl":"{{other.Address}}","apiKey":"sk-second-key-0123456789"}"""
            ),
            await gateway.PostAsync("/api/agents", """{"name":"helper"}"""),
            await gateway.PutAsync(
                "/api/agents/helper/providers/llm",
                """{"provider":"groq","model":"model-one","config":{},"fallback":[{"provider":"second","model":"model-two"}]}"""
            ),
        ];
        made.ShouldAllBe(answer => (int)answer.Status < 300);
        return chain;
    }

    /// <param name="body">A chat body without a model.</param>
    /// <param name="headers">Headers to send with it.</param>
    public Task<HttpResponseMessage> AskAsync(string body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = new StringContent(
                "{\"model\":\"agent/helper\"," + body[1..],
                System.Text.Encoding.UTF8,
                "application/json"
            ),
        };
        foreach ((string name, string value) in headers)
            request.Headers.Add(name, value);
        return Gateway.Client.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            TestContext.Current.CancellationToken
        );
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Second.DisposeAsync();
    }
}
