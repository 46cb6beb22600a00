using System.Text.Json;
using GroqKit.Simulator.Hosting;
using GroqKit.Simulator.Scenarios;

namespace GroqKit.Simulator.Tests.Chat;

[Requirement("SM-01")]
public sealed class JsonFailureTests(Sim sim) : IClassFixture<Sim>
{
    private const string Schema = """
        "response_format":{"type":"json_schema","json_schema":{"name":"a","schema":{"type":"object","properties":{"a":{"type":"string","minLength":200}},"required":["a"]}}}
        """;

    private const string Object = "\"response_format\":{\"type\":\"json_object\"}";

    [Theory]
    [InlineData(Object, "Failed to generate JSON.")]
    [InlineData(Schema, "Generated JSON does not match the expected schema.")]
    public async Task Json_cut_by_too_few_tokens_is_a_failed_generation(string format, string message)
    {
        string few = $"{format},\"include_reasoning\":false,\"max_completion_tokens\":40";

        Reply whole = await sim.ChatAsync(Sim.Chat(few, prompt: "Answer in JSON."));
        Reply stream = await sim.ChatAsync(Sim.Chat(few + ",\"stream\":true", prompt: "Answer in JSON."));

        JsonElement inStream = JsonElement.Parse(stream.Events[^1].Data).GetProperty("error");
        string written = whole.Error.GetProperty("failed_generation").GetString()!;
        whole.Status.ShouldBe(400);
        whole.Error.GetProperty("code").GetString().ShouldBe("json_validate_failed");
        whole.Error.GetProperty("message").GetString()!.ShouldStartWith(message);
        written.ShouldStartWith("{");
        stream.Events[^1].EventType.ShouldBe("error");
        inStream.GetProperty("failed_generation").GetString().ShouldBe(written);
        inStream.GetProperty("status_code").GetInt32().ShouldBe(400);
        stream.Text.ShouldNotContain("[DONE]");
    }

    [Fact]
    public async Task Json_cut_while_the_model_still_thinks_has_generated_nothing()
    {
        Reply reply = await sim.ChatAsync(Sim.Chat(Object + ",\"max_completion_tokens\":1", prompt: "As JSON."));

        reply.Error.GetProperty("failed_generation").GetString().ShouldBeEmpty();
    }

    [Fact]
    public async Task Words_that_are_no_json_fail_where_json_is_asked_for()
    {
        await using Sim scripted = await Sim.StartAsync(
            new SimulatorOptions
            {
                Scenarios = ScenarioScript.Parse("""{"scenarios":[{"then":"repeat","steps":[{"text":"Sure: {}"}]}]}"""),
            }
        );

        (await scripted.ChatAsync(Sim.Chat(Object, prompt: "As JSON."))).Status.ShouldBe(400);
        (await scripted.ChatAsync(Sim.Chat())).Content.ShouldBe("Sure: {}");
    }
}
