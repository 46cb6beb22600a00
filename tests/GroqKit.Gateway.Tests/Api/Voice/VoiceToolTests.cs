using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Tests.Running;
using GroqKit.Simulator.Hosting;

namespace GroqKit.Gateway.Tests.Api.Voice;

/// <summary>Tools that the caller of a turn runs, while the turn waits.</summary>
[Requirement("GW-19")]
public sealed class VoiceToolTests : IAsyncLifetime
{
    private const string Conversation = "with-tools";
    private const string Tools = """
        [{"type":"function","function":{"name":"next_ferry","description":"When it leaves.",
          "parameters":{"type":"object","properties":{"harbour":{"type":"string"}},"required":["harbour"]}}}]
        """;

    private VoiceStand _stand = null!;

    public async ValueTask InitializeAsync()
    {
        _stand = await VoiceStand.StartAsync(new SimulatorOptions());
        await _stand.LetDoAsync(
            """{"calls":[{"name":"next_ferry","arguments":{"harbour":"Kiel"},"id":"call_1"}]}""",
            """{"text":"It leaves at half past six."}"""
        );
    }

    public ValueTask DisposeAsync() => _stand.DisposeAsync();

    [Theory]
    [InlineData("""{"output":"18:30"}""", "18:30")]
    [InlineData("""{"output":{"leaves":"18:30","pier":4}}""", """{"leaves":"18:30","pier":4}""")]
    public async Task The_answer_goes_on_with_what_the_callers_tool_gave(string body, string read)
    {
        byte[] question = await _stand.SayAsync("When does the ferry leave?");
        using HttpResponseMessage answer = await _stand.SendAsync(
            VoiceStand.Sound(question),
            $"?turn=t1&filler=One+moment.&tools={Uri.EscapeDataString(Tools)}",
            Conversation
        );
        var events = new List<JsonObject>();
        await foreach (JsonObject happened in VoiceStand.EventsAsync(answer))
        {
            events.Add(happened);
            if (happened.TypeOf() != "tool.requested")
                continue;
            happened.Text("name").ShouldBe("next_ferry");
            happened.Text("arguments").ShouldBe("""{"harbour":"Kiel"}""");
            (await GiveAsync("t1", "another", body)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await GiveAsync("t1", happened.Text("call_id"), body)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
            (await GiveAsync("t1", happened.Text("call_id"), body)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        events.Outcome().ShouldBe("completed");
        events.One("tool.done")["succeeded"]!.GetValue<bool>().ShouldBeTrue();
        events.Sentences().ShouldBe(["One moment.", "It leaves at half past six."]);
        JsonArray asked = _stand.LastAskedOfModel();
        asked[^1]!["role"]!.GetValue<string>().ShouldBe("tool");
        asked[^1]!["content"]!.GetValue<string>().ShouldBe(read);
        events.One("usage")["calls"]!
            .AsArray()
            .Count(call => call!["service"]!.GetValue<string>() == "llm")
            .ShouldBe(2);
    }

    [Fact]
    public async Task What_a_tool_gave_is_part_of_the_conversation()
    {
        using HttpResponseMessage answer = await TypeAsync("When?", $$"""{"tools":{{Tools}},"turn":"t2"}""");
        await foreach (JsonObject happened in VoiceStand.EventsAsync(answer))
        {
            if (happened.TypeOf() == "tool.requested")
                await GiveAsync("t2", happened.Text("call_id"), """{"output":"18:30"}""");
        }

        await VoiceStand.ReadAsync(await _stand.TypeAsync("And the next?", conversation: Conversation));

        _stand
            .LastAskedOfModel()
            .Select(message => message!["role"]!.GetValue<string>())
            .ShouldBe(["user", "assistant", "tool", "assistant", "user"]);
    }

    [Theory]
    [InlineData("""{"tools":"next_ferry"}""", "tools")]
    [InlineData("""{"tools":[7]}""", "tools[0]")]
    [InlineData("""{"tools":[{"type":"web_search"}]}""", "tools[0].type")]
    [InlineData("""{"tools":[{"type":"function"}]}""", "tools[0].name")]
    [InlineData("""{"tools":[{"type":"function","function":7}]}""", "tools[0].function")]
    [InlineData("""{"tools":[{"type":"function","function":{"name":"a b"}}]}""", "tools[0].function.name")]
    [InlineData("""{"tools":[{"type":"function","name":"a","parameters":[]}]}""", "tools[0].parameters")]
    [InlineData("""{"tools":[{"type":"function","name":"a"},{"type":"function","name":"a"}]}""", "tools[1]")]
    public async Task A_tool_that_is_wrong_is_named(string settings, string param)
    {
        using HttpResponseMessage answer = await TypeAsync("When?", settings);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.JsonAsync())["error"]!["param"]!.GetValue<string>().ShouldBe(param);
    }

    [Fact]
    public async Task Sound_alone_has_no_place_for_calls()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, VoiceStand.Path)
        {
            Content = Json("When?", $$"""{"tools":{{Tools}}}"""),
        };
        request.Headers.Accept.ParseAdd("audio/wav");
        using HttpResponseMessage answer = await _stand.Gateway.Client.SendAsync(
            request,
            TestContext.Current.CancellationToken
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.JsonAsync())["error"]!["param"]!.GetValue<string>().ShouldBe("tools");
    }

    [Theory]
    [InlineData("{}", "output")]
    [InlineData("""{"output":"a","output":"b"}""", "output")]
    [InlineData("""{"result":"a"}""", "result")]
    public async Task A_result_that_is_wrong_is_named(string body, string param)
    {
        using HttpResponseMessage answer = await GiveAsync("t3", "call_1", body);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.JsonAsync())["error"]!["param"]!.GetValue<string>().ShouldBe(param);
    }

    [Fact]
    public async Task A_result_in_another_coding_is_refused()
    {
        StringContent packed = Json("a", "{}");
        packed.Headers.ContentEncoding.Add("gzip");

        using HttpResponseMessage answer = await _stand.AskAsync(
            HttpMethod.Post,
            $"{VoiceStand.Path}/t4/tools/call_1",
            packed
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await answer.ErrorAsync()).Text("param").ShouldBe("content-encoding");
    }

    private Task<HttpResponseMessage> GiveAsync(string turn, string call, string body) =>
        _stand.Gateway.PostJsonAsync($"{VoiceStand.Path}/{turn}/tools/{call}", body);

    private Task<HttpResponseMessage> TypeAsync(string text, string settings) =>
        _stand.SendAsync(Json(text, settings), conversation: Conversation);

    private static StringContent Json(string text, string settings)
    {
        JsonObject body = JsonNode.Parse(settings)!.AsObject();
        body["text"] = text;
        return new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
    }
}
