using System.Net;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;

namespace GroqKit.Gateway.Tests.Api.OpenAi;

[Requirement("GW-14")]
public sealed class CallerKeyTests
{
    public static TheoryData<string?, string> WrongKeys =>
        new()
        {
            { null, "No API key" },
            { "", "No API key" },
            { "Basic dXNlcjpwYXNz", "No API key" },
            { "Bearer", "No API key" },
            { "Bearer ", "No API key" },
            { "Bearer wrong", "not known" },
            { $"Bearer {RunningGateway.Key}x", "not known" },
            { $"Bearer {RunningGateway.ProviderKey}", "not known" },
            { $"Bearer {new string('k', 5000)}", "not known" },
            { "Bearer " + KeyFormat.Create("dev"), "not known" },
            { "Bearer " + KeyFormat.Create("dev")[..^1], "mistyped" },
            { "Bearer gk_", "mistyped" },
        };

    [Theory]
    [MemberData(nameof(WrongKeys))]
    public async Task A_wrong_key_is_refused_before_anything_else(string? authorization, string message)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        gateway.Client.DefaultRequestHeaders.Authorization = null;
        if (authorization is not null)
            gateway.Client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);

        foreach (string path in (string[])["/v1/chat/completions", "/openai/v1/chat/completions"])
        {
            using HttpResponseMessage answer = await gateway.ChatAsync(RunningGateway.Hello, path);

            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            var error = await answer.ErrorAsync();
            error["code"]!.GetValue<string>().ShouldBe("invalid_api_key");
            error["message"]!.GetValue<string>().ShouldContain(message);
        }
        using HttpResponseMessage models = await gateway.Client.GetAsync(
            "/v1/models",
            TestContext.Current.CancellationToken
        );
        models.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        gateway.Provider.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_scheme_may_be_written_in_any_case()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        gateway.Client.DefaultRequestHeaders.Authorization = null;
        gateway.Client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"bearer  {RunningGateway.Key}");

        using HttpResponseMessage answer = await gateway.ChatAsync(RunningGateway.Hello);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
