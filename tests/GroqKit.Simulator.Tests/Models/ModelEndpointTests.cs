using GroqKit.Simulator.Hosting;
using GroqKit.TestKit.Contract;

namespace GroqKit.Simulator.Tests.Models;

[Requirement("SM-01")]
public sealed class ModelEndpointTests(Sim sim) : IClassFixture<Sim>
{
    [Theory]
    [InlineData("/openai/v1/models")]
    [InlineData("/v1/models")]
    public async Task The_list_holds_what_the_key_may_call(string path)
    {
        Reply reply = await sim.SendAsync("GET", path);

        GroqContract.ValidateResponse("GET", "/openai/v1/models", reply.Status, reply.Text).ShouldBeEmpty();
        string[] ids =
        [
            .. reply.Json.GetProperty("data").EnumerateArray().Select(model => model.GetProperty("id").GetString()!),
        ];
        ids.ShouldContain("openai/gpt-oss-120b");
        ids.ShouldContain("whisper-large-v3-turbo");
        ids.ShouldNotContain("llama-3.3-70b-versatile");
        ids.ShouldNotContain("playai-tts");
    }

    [Theory]
    [InlineData("/openai/v1/models/openai/gpt-oss-120b")]
    [InlineData("/openai/v1/models/openai%2Fgpt-oss-120b")]
    public async Task A_model_is_found_under_both_spellings_of_its_path(string path)
    {
        Reply reply = await sim.SendAsync("GET", path);

        GroqContract.ValidateResponse("GET", path, reply.Status, reply.Text).ShouldBeEmpty();
        reply.Json.GetProperty("id").GetString().ShouldBe("openai/gpt-oss-120b");
        reply.Json.GetProperty("context_window").GetInt32().ShouldBe(131_072);
        reply.Json.GetProperty("pricing").GetProperty("prompt").GetString().ShouldBe("0.00000015");
    }

    [Fact]
    public async Task A_model_that_is_not_there_is_404()
    {
        Reply reply = await sim.SendAsync("GET", "/openai/v1/models/nobody/nothing");

        reply.Status.ShouldBe(404);
        reply.Error.GetProperty("code").GetString().ShouldBe("model_not_found");
        reply.Error.GetProperty("message").GetString()!.ShouldContain("`nobody/nothing`");
    }

    [Fact]
    public async Task Enterprise_models_open_with_the_option()
    {
        await using Sim enterprise = await Sim.StartAsync(new SimulatorOptions { EnterpriseModels = true });

        (await enterprise.ChatAsync(Sim.Chat(model: "llama-3.3-70b-versatile"))).Status.ShouldBe(200);
        Reply closed = await sim.ChatAsync(Sim.Chat(model: "llama-3.3-70b-versatile"));
        closed.Error.GetProperty("code").GetString().ShouldBe("model_not_found");
    }

    [Fact]
    public async Task A_retired_model_names_its_replacement()
    {
        Reply reply = await sim.ChatAsync(Sim.Chat(model: "gemma2-9b-it"));

        reply.Status.ShouldBe(400);
        reply.Error.GetProperty("code").GetString().ShouldBe("model_decommissioned");
        reply.Error.GetProperty("message").GetString()!.ShouldContain("`llama-3.1-8b-instant`");
    }
}
