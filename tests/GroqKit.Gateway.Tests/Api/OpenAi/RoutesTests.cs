using System.Net;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;

namespace GroqKit.Gateway.Tests.Api.OpenAi;

[Requirement("GW-02")]
public sealed class RoutesTests
{
    [Theory]
    [InlineData("GET", "/v1/chat/completions", 405, "POST")]
    [InlineData("DELETE", "/openai/v1/chat/completions", 405, "POST")]
    [InlineData("OPTIONS", "/v1/chat/completions", 405, "POST")]
    [InlineData("POST", "/v1/models", 405, "GET")]
    [InlineData("DELETE", "/openai/v1/models/openai/gpt-oss-20b", 405, "GET")]
    [InlineData("GET", "/v1", 404, null)]
    [InlineData("GET", "/v1/", 404, null)]
    [InlineData("GET", "/v1/embeddings", 405, "POST")]
    [InlineData("POST", "/v1/images/generations", 404, null)]
    [InlineData("POST", "/openai/v1/chat/completions/more", 404, null)]
    [InlineData("GET", "/v2/models", 404, null)]
    public async Task What_is_not_there_is_told_in_the_usual_shape(
        string method,
        string path,
        int status,
        string? allowed
    )
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using HttpResponseMessage answer = await gateway.Client.SendAsync(
            request,
            TestContext.Current.CancellationToken
        );

        ((int)answer.StatusCode).ShouldBe(status);
        (await answer.ErrorAsync())["code"]!
            .GetValue<string>()
            .ShouldBe(status == 404 ? "unknown_url" : "method_not_allowed");
        answer.Content.Headers.Allow.ShouldBe(allowed is null ? [] : [allowed]);
        gateway.Provider.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/v1/chat/completions")]
    [InlineData("/openai/v1/chat/completions")]
    [InlineData("/V1/Chat/completions")]
    [InlineData("/v1/chat/completions/")]
    [InlineData("/v1/chat%2Dcompletions/../chat/completions")]
    public async Task An_address_is_found_however_it_is_written(string path)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(
                """{"model":"openai/gpt-oss-20b","messages":[{"role":"user","content":"hi"}]}"""
            ),
        };

        using HttpResponseMessage answer = await gateway.Client.SendAsync(
            request,
            TestContext.Current.CancellationToken
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await gateway.Usage.NextAsync()).Operation.ShouldBe("chat");
    }
}
