using System.Text.Json;
using GroqKit.Simulator.Hosting;
using GroqKit.Simulator.Scenarios;

namespace GroqKit.Simulator.Tests.Scenarios;

[Requirement("SM-01")]
public sealed class ScenarioTests
{
    [Fact]
    public async Task The_steps_are_taken_in_order_and_then_all_is_as_usual()
    {
        await using Sim sim = await StartAsync(
            """
            {"scenarios":[{"path":"/chat/completions","steps":[
              {"fault":"503"},
              {"fault":"429:retry-after=2","times":2},
              {"text":"It rains in Oslo.","reasoning":"Oslo, so rain."}]}]}
            """
        );

        List<Reply> replies = [];
        for (int i = 0; i < 5; i++)
            replies.Add(await sim.ChatAsync(Sim.Chat()));

        replies.Select(reply => reply.Status).ShouldBe([503, 429, 429, 200, 200]);
        replies[3].Content.ShouldBe("It rains in Oslo.");
        replies[3].Message.GetProperty("reasoning").GetString().ShouldBe("Oslo, so rain.");
        replies[3].FinishReason.ShouldBe("stop");
        replies[4].Content.ShouldNotBe("It rains in Oslo.");
        sim.Server.Scenarios.Progress.ShouldBe([new ScenarioProgress("scenarios[0]", 4, 4, true)]);
    }

    [Fact]
    public async Task A_stream_and_a_response_say_the_same_words()
    {
        await using Sim sim = await StartAsync("""{"scenarios":[{"steps":[{"text":"One two."}],"then":"repeat"}]}""");

        Reply stream = await sim.ChatAsync(Sim.Chat("\"stream\":true"));
        Reply response = await sim.SendAsync(
            "POST",
            "/openai/v1/responses",
            """{"model":"openai/gpt-oss-20b","input":"Hi"}"""
        );
        Reply openAi = await sim.SendAsync(
            "POST",
            "/sim/openai/v1/chat/completions",
            """{"model":"gpt-4.1-mini","messages":[{"role":"user","content":"Hi"}]}"""
        );

        stream.Streamed().ShouldBe("One two.");
        stream.Streamed("reasoning").ShouldBeEmpty();
        response.Text.ShouldContain("\"text\":\"One two.\"");
        openAi.Content.ShouldBe("One two.");
    }

    [Fact]
    public async Task A_scenario_is_for_its_model_and_its_words_alone()
    {
        await using Sim sim = await StartAsync(
            $$"""
            {"scenarios":[
              {"model":"{{Sim.Parallel}}","steps":[{"text":"for the model"}],"then":"repeat"},
              {"contains":"weather","steps":[{"text":"for the word"}],"then":"repeat"}]}
            """
        );

        (await sim.ChatAsync(Sim.Chat(model: Sim.Parallel))).Content.ShouldBe("for the model");
        (await sim.ChatAsync(Sim.Chat(prompt: "What Weather!"))).Content.ShouldBe("for the word");
        (await sim.ChatAsync(Sim.Chat(prompt: "Weather?", model: Sim.Parallel))).Content.ShouldBe("for the word");
        (await sim.ChatAsync(Sim.Chat())).Content.ShouldNotStartWith("for the");
    }

    [Fact]
    public async Task Calls_are_made_as_they_are_written_down()
    {
        await using Sim sim = await StartAsync(
            """
            {"scenarios":[{"then":"loop","steps":[
              {"calls":[{"name":"get_weather","arguments":{"city":"Oslo"}},{"name":"broken","arguments":"{","id":"call_7"}]},
              {"text":"Done.","finish_reason":"content_filter"}]}]}
            """
        );

        Reply calls = await sim.ChatAsync(Sim.Chat());
        Reply text = await sim.ChatAsync(Sim.Chat());
        Reply again = await sim.ChatAsync(Sim.Chat("\"stream\":true"));

        JsonElement[] made = [.. calls.Message.GetProperty("tool_calls").EnumerateArray()];
        calls.FinishReason.ShouldBe("tool_calls");
        made[0].GetProperty("function").GetProperty("arguments").GetString().ShouldBe("""{"city":"Oslo"}""");
        made[1].GetProperty("function").GetProperty("arguments").GetString().ShouldBe("{");
        made[1].GetProperty("id").GetString().ShouldBe("call_7");
        text.FinishReason.ShouldBe("content_filter");
        again.Text.ShouldContain("call_7");
    }

    [Fact]
    public async Task A_reply_goes_out_as_it_is_written_down()
    {
        await using Sim sim = await StartAsync(
            """
            {"scenarios":[
              {"path":"/models","steps":[{"status":418,"headers":{"x-tea":"green"},"body":{"error":{"message":"tea"}}}]},
              {"path":"/files","steps":[{"body":"<html>","content_type":"text/html"}]},
              {"path":"/chat/completions","steps":[
                {"events":[{"id":"a"},"[DONE]"]},
                {"events":[{"id":"a"},{"event":"error","data":{"error":{"message":"no","status_code":503}}}]},
                {"events":[{"id":"a"},{"id":"b"},"[DONE]"],"fault":"cut:after=1"}]}]}
            """
        );

        Reply models = await sim.SendAsync("GET", "/openai/v1/models");
        Reply files = await sim.SendAsync("GET", "/v1/files");
        Reply stream = await sim.ChatAsync(Sim.Chat("\"stream\":true"));
        Reply error = await sim.ChatAsync(Sim.Chat("\"stream\":true"));

        models.Status.ShouldBe(418);
        models.Headers["x-tea"].ShouldBe("green");
        models.Text.ShouldBe("""{"error":{"message":"tea"}}""");
        files.ContentType.ShouldBe("text/html");
        stream.Text.ShouldBe("data: {\"id\":\"a\"}\n\ndata: [DONE]\n\n");
        error.Events[1].EventType.ShouldBe("error");
        await Should.ThrowAsync<HttpRequestException>(() => sim.ChatAsync(Sim.Chat("\"stream\":true")));
    }

    [Fact]
    public async Task What_is_heard_can_be_written_down_too()
    {
        await using Sim sim = await StartAsync(
            """{"scenarios":[{"path":"/audio/transcriptions","model":"whisper-large-v3","steps":[{"text":"All is well."}]}]}"""
        );
        using var form = new MultipartFormDataContent
        {
            { new StringContent("whisper-large-v3"), "model" },
            { new ByteArrayContent([.. "OggS"u8, .. new byte[32_000]]), "file", "a.ogg" },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/openai/v1/audio/transcriptions")
        {
            Content = form,
        };

        (await sim.SendAsync(request)).Json.GetProperty("text").GetString().ShouldBe("All is well.");
    }

    [Fact]
    public async Task Scenarios_are_set_listed_and_ended_over_http()
    {
        await using Sim sim = await Sim.StartAsync();
        const string script = """{"scenarios":[{"name":"rain","steps":[{"text":"rain"},{}]}]}""";

        Reply set = await sim.SendAsync("POST", "/sim/scenarios", script);
        Reply answer = await sim.ChatAsync(Sim.Chat());
        Reply listed = await sim.SendAsync("GET", "/sim/scenarios");
        Reply cleared = await sim.SendAsync("DELETE", "/sim/scenarios");
        Reply mistaken = await sim.SendAsync("POST", "/sim/scenarios", """{"scenarios":[{}]}""");

        set.Text.ShouldBe("""{"scenarios":[{"name":"rain","steps":2,"met":0,"is_over":false}]}""");
        answer.Content.ShouldBe("rain");
        listed.Text.ShouldContain("\"met\":1");
        cleared.Text.ShouldBe("""{"scenarios":[]}""");
        mistaken.Status.ShouldBe(400);
        mistaken.Error.GetProperty("message").GetString().ShouldBe("scenarios[0].steps is required");
    }

    [Fact]
    public void Every_mistake_is_listed_with_its_path()
    {
        FormatException mistakes = Should.Throw<FormatException>(() =>
            ScenarioScript.Parse(
                """
                {"scenarios":[
                  {"path":"chat","colour":1,"then":"stop","steps":[
                    {"fault":"nope"},
                    {"text":1,"times":0},
                    {"text":"a","body":"b"},
                    {"body":"a","events":["b"]},
                    {"calls":[{"arguments":{}}]},
                    {"headers":{"x y":"z"}},
                    {"headers":{"x":"a\r\nb"}}]},
                  {"steps":[]},
                  7],"more":1}
                """
            )
        );

        string[] places =
        [
            "property 'more'",
            "scenarios[0].path",
            "'colour'",
            "scenarios[0].then",
            "scenarios[0].steps[0].fault",
            "scenarios[0].steps[1].text",
            "scenarios[0].steps[1].times",
            "scenarios[0].steps[2] must have either words",
            "scenarios[0].steps[3] must have either body",
            "scenarios[0].steps[4].calls[0].name",
            "scenarios[0].steps[5].headers.x y",
            "scenarios[0].steps[6].headers.x",
            "scenarios[1].steps",
            "scenarios[2]",
        ];
        foreach (string place in places)
            mistakes.Message.ShouldContain(place);
        mistakes.Message.Split(Environment.NewLine).Length.ShouldBe(places.Length);
    }

    [Theory]
    [InlineData("", "invalid JSON")]
    [InlineData("[]", "must be a JSON object")]
    [InlineData("{}", "scenarios is required")]
    [InlineData("""{"scenarios":[]}""", "scenarios must have at least 1 item")]
    public void A_script_that_is_none_is_refused(string json, string message) =>
        Should.Throw<FormatException>(() => ScenarioScript.Parse(json)).Message.ShouldContain(message);

    [Fact]
    public async Task A_file_is_read_by_the_program_too()
    {
        using var folder = new TempDirectory();
        string file = folder.At("rain.json");
        await File.WriteAllTextAsync(
            file,
            """{"scenarios":[{"steps":[{"text":"rain"}]}]}""",
            TestContext.Current.CancellationToken
        );

        CommandLine command = CommandLine.Parse(["--scenario", file]);
        await using Sim sim = await Sim.StartAsync(command.Options with { FirstToken = TimeSpan.Zero });

        (await sim.ChatAsync(Sim.Chat())).Content.ShouldBe("rain");
    }

    private static Task<Sim> StartAsync(string script) =>
        Sim.StartAsync(new SimulatorOptions { Scenarios = ScenarioScript.Parse(script) });
}
