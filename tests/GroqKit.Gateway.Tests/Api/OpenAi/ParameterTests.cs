using System.Net;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Services.Translation;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;

namespace GroqKit.Gateway.Tests.Api.OpenAi;

[Requirement("GW-02")]
public sealed class ParameterTests
{
    private const string Messages = "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]";

    [Theory]
    [InlineData("\"logprobs\":true,\"top_logprobs\":2,", "", "logprobs, top_logprobs")]
    [InlineData("\"verbosity\":\"low\",\"seed\":3,", "\"seed\":3,", "verbosity")]
    [InlineData("\"service_tier\":\"default\",", "\"service_tier\":\"on_demand\",", "service_tier=on_demand")]
    [InlineData("\"service_tier\":\"priority\",", "", "service_tier")]
    [InlineData("\"service_tier\":\"flex\",", "\"service_tier\":\"flex\",", null)]
    [InlineData("\"never_heard_of\":{\"a\":1},", "\"never_heard_of\":{\"a\":1},", null)]
    [InlineData("\"logprobs\":null,", "\"logprobs\":null,", null)]
    [InlineData(
        "\"stream_options\":{\"include_usage\":true,\"include_obfuscation\":false},",
        "\"stream_options\":{\"include_usage\":true},",
        "stream_options.include_obfuscation"
    )]
    public async Task What_groq_refuses_in_a_chat_is_left_out_and_told(string given, string sent, string? dropped)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));

        using HttpResponseMessage answer = await gateway.ChatAsync($"{{{given}\"model\":\"groq/m\",{Messages}}}");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
        answer.Header("x-groqkit-dropped").ShouldBe(dropped);
        JsonNode
            .DeepEquals(
                JsonNode.Parse(gateway.Provider.Requests.ShouldHaveSingleItem().Text),
                JsonNode.Parse($"{{{sent}\"model\":\"m\",{Messages}}}")
            )
            .ShouldBeTrue(gateway.Provider.Requests[0].Text);
    }

    [Fact]
    public async Task A_compatible_server_gets_all_of_it()
    {
        await using LoopbackServer other = await ScriptedProvider.StartAsync(Answer.Json(Chunks.Whole));
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        await gateway.PostAsync("/api/providers", $$"""{"name":"oa","kind":"openai","baseUrl":"{{other.Address}}"}""");

        using HttpResponseMessage answer = await gateway.ChatAsync(
            $"{{\"logprobs\":true,\"reasoning_format\":\"raw\",\"model\":\"oa/m\",{Messages}}}"
        );

        answer.Header("x-groqkit-dropped").ShouldBeNull();
        other
            .Requests.ShouldHaveSingleItem()
            .Text.ShouldBe($"{{\"logprobs\":true,\"reasoning_format\":\"raw\",\"model\":\"m\",{Messages}}}");
    }

    [Fact]
    public void The_page_of_parameters_names_every_one_that_is_left_out()
    {
        string page = File.ReadAllText(Repository.At("docs", "parameters.md"));

        ParameterTable.ChatNames.Where(name => !page.Contains($"`{name}`")).ShouldBeEmpty();
    }
}
