using System.Net;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;

namespace GroqKit.Gateway.Tests.Api.OpenAi;

[Requirement("GW-02")]
public sealed class ModelsTests
{
    private const string List = """{"object":"list","data":[{"id":"openai/gpt-oss-120b","object":"model"}]}""";
    private const string One = """{"id":"openai/gpt-oss-120b","object":"model"}""";

    [Theory]
    [InlineData("/v1/models")]
    [InlineData("/openai/v1/models")]
    [InlineData("/v1/models/")]
    public async Task The_list_comes_back_unchanged(string path)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(List));

        using HttpResponseMessage answer = await gateway.Client.GetAsync(path, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.TextAsync()).ShouldBe(List);
        answer.Header("x-groqkit-provider").ShouldBe("groq");
        gateway.Provider.Requests.ShouldHaveSingleItem().Target.ShouldBe("/openai/v1/models");
        (await gateway.Usage.NextAsync()).Operation.ShouldBe(Operation.Models);
    }

    [Theory]
    [InlineData("/v1/models/openai/gpt-oss-120b")]
    [InlineData("/v1/models/openai%2Fgpt-oss-120b")]
    [InlineData("/openai/v1/models/openai%2fgpt-oss-120b")]
    [InlineData("/v1/models/groq/openai/gpt-oss-120b")]
    public async Task One_model_is_found_however_its_slash_is_written(string path)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(One));

        using HttpResponseMessage answer = await gateway.Client.GetAsync(path, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
        (await answer.TextAsync()).ShouldBe(One);
        answer.Header("x-groqkit-model").ShouldBe("openai/gpt-oss-120b");
        gateway.Provider.Requests.ShouldHaveSingleItem().Target.ShouldBe("/openai/v1/models/openai%2Fgpt-oss-120b");
    }

    [Theory]
    [InlineData("/v1/models/a%20b")]
    [InlineData("/v1/models/..%2F..%2Fadmin")]
    [InlineData("/v1/models/%0d%0ax-injected:1")]
    [InlineData("/v1/models/m?")]
    public async Task A_name_that_is_none_goes_nowhere_odd(string path)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(One));

        using HttpResponseMessage answer = await gateway.Client.GetAsync(path, TestContext.Current.CancellationToken);

        if (path.EndsWith('?'))
        {
            gateway.Provider.Requests.ShouldHaveSingleItem().Target.ShouldBe("/openai/v1/models/m");
            return;
        }
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)(await answer.ErrorAsync())["param"]).ShouldBe("id");
        gateway.Provider.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_unknown_model_is_told_in_the_providers_words()
    {
        const string Unknown =
            """{"error":{"message":"No such model","type":"invalid_request_error","code":"model_not_found"}}""";
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Unknown, 404));

        using HttpResponseMessage answer = await gateway.Client.GetAsync(
            "/v1/models/m",
            TestContext.Current.CancellationToken
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.TextAsync()).ShouldBe(Unknown);
    }
}
