using System.Text.Json;
using GroqKit.TestKit.Contract;

namespace GroqKit.Simulator.Tests.Chat;

[Requirement("SM-01")]
public sealed class ToolCallTests(Sim sim) : IClassFixture<Sim>
{
    private const string Weather =
        """{"type":"function","function":{"name":"get_weather","description":"The weather of a city","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}""";

    private const string Clock =
        """{"type":"function","function":{"name":"get_clock","description":"The local clock time of a city"}}""";

    private const string Asked = "What is the weather in Oslo, and what does the clock say?";

    private const string Tools = "\"tools\":[" + Weather + "," + Clock + "]";

    [Theory]
    [InlineData("", "get_weather")]
    [InlineData(",\"tool_choice\":\"auto\"", "get_weather")]
    [InlineData(",\"tool_choice\":\"required\"", "get_weather")]
    [InlineData(",\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"get_clock\"}}", "get_clock")]
    public async Task A_call_is_made_of_the_function_that_is_meant(string choice, string name)
    {
        Reply reply = await sim.ChatAsync(Sim.Chat(Tools + choice, prompt: Asked));

        reply.FinishReason.ShouldBe("tool_calls");
        GroqContract.ValidateResponse("POST", Sim.ChatPath, 200, reply.Text).ShouldBeEmpty();
        JsonElement call = reply.Message.GetProperty("tool_calls").EnumerateArray().ShouldHaveSingleItem();
        call.GetProperty("function").GetProperty("name").GetString().ShouldBe(name);
        call.GetProperty("id").GetString()!.ShouldStartWith("fc_");
        reply.Message.TryGetProperty("content", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task An_argument_is_the_name_that_the_prompt_holds()
    {
        Reply reply = await sim.ChatAsync(Sim.Chat(Tools, prompt: Asked));

        string arguments = reply
            .Message.GetProperty("tool_calls")[0]
            .GetProperty("function")
            .GetProperty("arguments")
            .GetString()!;
        JsonElement.Parse(arguments).GetProperty("city").GetString().ShouldBe("Oslo");
    }

    [Theory]
    [InlineData(Tools + ",\"tool_choice\":\"none\"", Asked)]
    [InlineData(Tools, "Tell me a joke.")]
    [InlineData("\"tools\":[]", Asked)]
    [InlineData("\"tools\":[{\"type\":\"browser_search\"}]", Asked)]
    public async Task Without_a_reason_no_function_is_called(string more, string prompt)
    {
        Reply reply = await sim.ChatAsync(Sim.Chat(more, prompt: prompt));

        reply.FinishReason.ShouldBe("stop");
        reply.Message.TryGetProperty("tool_calls", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData(Sim.Parallel, "", 2)]
    [InlineData(Sim.Parallel, ",\"parallel_tool_calls\":false", 1)]
    [InlineData(Sim.Quick, ",\"parallel_tool_calls\":true", 1)]
    public async Task Parallel_calls_are_made_where_the_model_makes_them(string model, string more, int count)
    {
        Reply whole = await sim.ChatAsync(Sim.Chat(Tools + more, model, Asked));
        Reply stream = await sim.ChatAsync(Sim.Chat(Tools + more + ",\"stream\":true", model, Asked));

        whole.Message.GetProperty("tool_calls").GetArrayLength().ShouldBe(count);
        JsonElement[] streamed =
        [
            .. stream
                .Chunks.Select(chunk => chunk.GetProperty("choices")[0].GetProperty("delta"))
                .Where(delta => delta.TryGetProperty("tool_calls", out _))
                .SelectMany(delta => delta.GetProperty("tool_calls").EnumerateArray()),
        ];
        streamed.Select(call => call.GetProperty("index").GetInt32()).ShouldBe(Enumerable.Range(0, count));
        streamed
            .Select(call => call.GetProperty("id").GetString())
            .ShouldBe(
                whole
                    .Message.GetProperty("tool_calls")
                    .EnumerateArray()
                    .Select(call => call.GetProperty("id").GetString())
            );
        foreach (JsonElement chunk in stream.Chunks)
            GroqContract.ValidateChunk(chunk.GetRawText()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_result_handed_back_is_repeated_in_the_answer()
    {
        Reply first = await sim.ChatAsync(Sim.Chat(Tools, prompt: Asked));
        string id = first.Message.GetProperty("tool_calls")[0].GetProperty("id").GetString()!;
        string next = $$"""
            {"model":"{{Sim.Quick}}","messages":[
              {"role":"user","content":"{{Asked}}"},
              {"role":"assistant","content":null,"tool_calls":{{first.Message.GetProperty("tool_calls").GetRawText()}}},
              {"role":"tool","tool_call_id":"{{id}}","content":"21 degrees and rain"}],
             {{Tools}}}
            """;

        Reply reply = await sim.ChatAsync(next);

        reply.FinishReason.ShouldBe("stop");
        reply.Content.ShouldContain("21 degrees and rain");
    }

    [Fact]
    public async Task Deprecated_functions_are_answered_in_their_own_form()
    {
        const string functions = """
             "functions":[{"name":"get_weather","parameters":{"type":"object","properties":{"city":{"type":"string"}}}}],"function_call":{"name":"get_weather"}
            """;

        Reply whole = await sim.ChatAsync(Sim.Chat(functions, prompt: Asked));
        Reply stream = await sim.ChatAsync(Sim.Chat(functions + ",\"stream\":true", prompt: Asked));

        whole.FinishReason.ShouldBe("function_call");
        whole.Message.GetProperty("function_call").GetProperty("name").GetString().ShouldBe("get_weather");
        GroqContract.ValidateResponse("POST", Sim.ChatPath, 200, whole.Text).ShouldBeEmpty();
        stream.Text.ShouldContain("\"delta\":{\"function_call\":{\"name\":\"get_weather\"");
    }
}
