using System.Text.Json;
using GroqKit.Simulator.Hosting;
using GroqKit.TestKit.Contract;

namespace GroqKit.Simulator.Tests.Chat;

[Requirement("SM-01")]
public sealed class ServerToolTests(Sim sim) : IClassFixture<Sim>
{
    private const string Search = """{"type":"browser_search"}""";
    private const string Code = """{"type":"code_interpreter"}""";

    private const string Mcp =
        """{"type":"mcp","server_label":"wiki","server_url":"https://example.com/mcp","allowed_tools":["look_up"]}""";

    [Fact]
    public async Task Tools_of_the_server_run_and_show_what_they_did()
    {
        Reply reply = await sim.ChatAsync(Sim.Chat($"\"tools\":[{Search},{Code},{Mcp}]"));

        JsonElement[] tools = [.. reply.Message.GetProperty("executed_tools").EnumerateArray()];
        GroqContract.ValidateResponse("POST", Sim.ChatPath, 200, reply.Text).ShouldBeEmpty();
        tools.Select(tool => tool.GetProperty("index").GetInt32()).ShouldBe([0, 1, 2]);
        tools.Select(tool => tool.GetProperty("type").GetString()).ShouldBe(["browser_search", "function", "mcp"]);
        tools.Select(tool => tool.GetProperty("name").GetString()).ShouldBe(["browser.search", "python", "look_up"]);
        tools[0].GetProperty("search_results").GetProperty("results").GetArrayLength().ShouldBe(2);
        tools[1].GetProperty("code_results")[0].GetProperty("text").GetString().ShouldNotBeNullOrEmpty();
        reply.FinishReason.ShouldBe("stop");
        reply.Content.ShouldContain("The first page is made up.");
        reply.Json.GetProperty("mcp_list_tools")[0].GetProperty("server_label").GetString().ShouldBe("wiki");
    }

    [Fact]
    public async Task A_stream_tells_of_each_tool_twice()
    {
        Reply whole = await sim.ChatAsync(Sim.Chat($"\"tools\":[{Search},{Code}]"));
        Reply stream = await sim.ChatAsync(Sim.Chat($"\"tools\":[{Search},{Code}],\"stream\":true"));

        JsonElement[] tools =
        [
            .. stream
                .Chunks.Select(chunk => chunk.GetProperty("choices")[0].GetProperty("delta"))
                .Where(delta => delta.TryGetProperty("executed_tools", out _))
                .Select(delta => delta.GetProperty("executed_tools")[0]),
        ];
        tools.Select(tool => tool.GetProperty("index").GetInt32()).ShouldBe([0, 0, 1, 1]);
        tools.Select(tool => tool.TryGetProperty("output", out _)).ShouldBe([false, true, false, true]);
        stream.Streamed().ShouldBe(whole.Content);
        foreach (JsonElement chunk in stream.Chunks)
            GroqContract.ValidateChunk(chunk.GetRawText()).ShouldBeEmpty();
    }

    [Fact]
    public async Task They_run_before_a_call_of_the_caller_s_own_function()
    {
        const string clock = """{"type":"function","function":{"name":"get_clock"}}""";

        Reply reply = await sim.ChatAsync(
            Sim.Chat($"\"tools\":[{Search},{clock}],\"tool_choice\":\"required\"", prompt: "The time in Oslo?")
        );

        reply.FinishReason.ShouldBe("tool_calls");
        reply.Message.GetProperty("executed_tools").GetArrayLength().ShouldBe(1);
        reply.Message.GetProperty("tool_calls").GetArrayLength().ShouldBe(1);
    }

    [Theory]
    [InlineData(Sim.Quick, Search, ",\"tool_choice\":\"none\"", 200)]
    [InlineData(Sim.Parallel, Search, "", 400)]
    [InlineData(Sim.Quick, """{"type":"mcp","server_url":"https://example.com"}""", "", 400)]
    [InlineData(Sim.Quick, """{"type":"mcp","server_label":"a"}""", "", 400)]
    [InlineData(Sim.Quick, """{"type":"mcp","server_label":"a","server_url":"http://example.com"}""", "", 400)]
    [InlineData(Sim.Quick, """{"type":"mcp","server_label":"a","connector_id":"connector_slack"}""", "", 400)]
    public async Task They_do_not_run_where_they_may_not(string model, string tool, string more, int status)
    {
        Reply reply = await sim.ChatAsync(Sim.Chat($"\"tools\":[{tool}]{more}", model));

        reply.Status.ShouldBe(status, reply.Text);
        reply.Text.ShouldNotContain("executed_tools");
        if (status == 400)
            reply.Error.GetProperty("param").GetString()!.ShouldStartWith("tools");
    }

    [Fact]
    public async Task A_response_lists_the_tools_of_a_remote_server_and_its_call()
    {
        string body = $$"""{"model":"{{Sim.Quick}}","input":"Look it up.","tools":[{{Mcp}}]""";

        Reply whole = await sim.SendAsync("POST", "/openai/v1/responses", body + "}");
        Reply stream = await sim.SendAsync("POST", "/openai/v1/responses", body + ",\"stream\":true}");

        string[] kinds = [.. whole.Json.GetProperty("output").EnumerateArray().Select(Kind)];
        kinds.ShouldBe(["reasoning", "mcp_list_tools", "mcp_call", "message"]);
        whole.Json.GetProperty("output")[2].GetProperty("output").GetString().ShouldNotBeNullOrEmpty();
        stream
            .Events.Where(item => item.EventType == "response.output_item.done")
            .Select(item => Kind(JsonElement.Parse(item.Data).GetProperty("item")))
            .ShouldBe(kinds);

        static string Kind(JsonElement item) => item.GetProperty("type").GetString()!;
    }

    [Fact]
    public async Task Compound_answers_again_for_programs_that_still_use_it()
    {
        await using Sim old = await Sim.StartAsync(new SimulatorOptions { RetiredModels = true });
        const string custom = """
            "compound_custom":{"tools":{"enabled_tools":["visit_website","code_interpreter","wolfram_alpha","browser_automation"]}}
            """;

        Reply usual = await old.ChatAsync(Sim.Chat(model: "groq/compound"));
        Reply chosen = await old.ChatAsync(Sim.Chat(custom, "groq/compound"));
        Reply mini = await old.ChatAsync(Sim.Chat(custom + ",\"stream\":true", "groq/compound-mini"));
        Reply wrong = await old.ChatAsync(
            Sim.Chat("\"compound_custom\":{\"tools\":{\"enabled_tools\":[\"nope\"]}}", "groq/compound")
        );

        Types(usual).ShouldBe(["search"]);
        Types(chosen).ShouldBe(["visit", "python", "wolfram", "browser_automation"]);
        usual.Json.GetProperty("usage_breakdown").GetProperty("models").GetArrayLength().ShouldBe(1);
        mini.Chunks[^1].GetProperty("x_groq").TryGetProperty("usage_breakdown", out _).ShouldBeTrue();
        wrong.Error.GetProperty("param").GetString().ShouldBe("compound_custom.tools.enabled_tools[0]");
        (await sim.ChatAsync(Sim.Chat(model: "groq/compound"))).Status.ShouldBe(400);

        static IEnumerable<string> Types(Reply reply) =>
            reply
                .Message.GetProperty("executed_tools")
                .EnumerateArray()
                .Select(tool => tool.GetProperty("type").GetString()!);
    }
}
