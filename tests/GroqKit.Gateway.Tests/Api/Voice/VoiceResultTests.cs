using System.Net;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Tests.Running;
using GroqKit.Simulator.Hosting;

namespace GroqKit.Gateway.Tests.Api.Voice;

/// <summary>What came of a turn is told by its name, while it runs and for a minute after.</summary>
[Requirement("GW-19", "GW-16")]
public sealed class VoiceResultTests : IAsyncLifetime
{
    private VoiceStand _stand = null!;

    public async ValueTask InitializeAsync() =>
        _stand = await VoiceStand.StartAsync(new SimulatorOptions { TokensPerSecond = 100 });

    public ValueTask DisposeAsync() => _stand.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("&resume=30")]
    public async Task A_turn_that_ended_is_told_as_its_events_told_it(string more)
    {
        byte[] question = await _stand.SayAsync("Who are you?");
        List<JsonObject> events = await VoiceStand.ReadAsync(
            await _stand.SendAsync(VoiceStand.Sound(question), "?turn=r1" + more)
        );

        JsonObject result = await _stand.ResultAsync("r1");

        result.Text("turn_id").ShouldBe("r1");
        result.Text("agent").ShouldBe(VoiceStand.Agent);
        result.Text("outcome").ShouldBe("completed");
        result.Text("transcript").ShouldBe("Who are you?");
        result.Text("answer").ShouldBe(string.Concat(events.Of("answer.delta").Select(delta => delta.Text())));
        result.Text("heard_text").ShouldBe(string.Join(' ', events.Sentences()));
        result["error"].ShouldBeNull();
        result["usage"]!["cost"]!.GetValue<double>().ShouldBe(events.One("usage").Number("cost"));
        result["usage"]!["calls"]!.AsArray().Count.ShouldBe(events.One("usage")["calls"]!.AsArray().Count);
        result["timings"]!["first_audio_ms"]!
            .GetValue<double>()
            .ShouldBe(events.One("timings").Number("first_audio_ms"));
    }

    [Fact]
    public async Task A_turn_that_runs_is_told_as_far_as_it_came()
    {
        await _stand.LetWriteAsync(
            "One two three four five. Six seven eight nine ten. " + new string('a', 2_000) + "."
        );
        // Nothing ends it, however long this test takes.
        _stand.First.Faults.Set("stall:after=60", model: VoiceStand.Answering);
        using HttpResponseMessage answer = await _stand.TypeAsync("Tell me.", "?turn=r2");
        await foreach (JsonObject happened in VoiceStand.EventsAsync(answer))
        {
            if (happened.TypeOf() == "answer.sentence")
                break;
        }

        JsonObject result = await _stand.ResultAsync("r2");

        result["outcome"].ShouldBeNull();
        result["transcript"].ShouldBeNull();
        result.Text("answer").ShouldStartWith("One two three");
    }

    [Fact]
    public async Task A_turn_whose_caller_left_tells_how_it_ended()
    {
        // Nothing but the caller ends it, however long that takes to leave.
        _stand.First.Faults.Set("stall", model: VoiceStand.Speaking);
        using (HttpResponseMessage answer = await _stand.TypeAsync("Tell me.", "?turn=r3"))
        {
            await foreach (JsonObject happened in VoiceStand.EventsAsync(answer))
            {
                if (happened.TypeOf() == "audio.delta")
                    break;
            }
        }
        await _stand.UntilIdleAsync();

        JsonObject result = await _stand.ResultAsync("r3");
        while (result["outcome"] is null)
            result = await _stand.ResultAsync("r3");

        result.Text("outcome").ShouldBe("interrupted");
        result.Text("answer").ShouldStartWith(result.Text("heard_text").Split(' ')[0]);
    }

    [Fact]
    public async Task A_turn_that_failed_tells_why()
    {
        _stand.First.Faults.Set("500", model: VoiceStand.Speaking);
        _stand.Second.Faults.Set("500", model: VoiceStand.Speaking);
        using HttpResponseMessage answer = await _stand.AskAsync(
            HttpMethod.Post,
            VoiceStand.Path + "?turn=r4",
            VoiceStand.Words("Tell me."),
            ("Accept", "audio/*")
        );
        ((int)answer.StatusCode).ShouldBeGreaterThanOrEqualTo(500);

        JsonObject result = await _stand.ResultAsync("r4");

        result.Text("outcome").ShouldBe("failed");
        result.Text("answer").ShouldNotBeEmpty();
        result["heard_text"].ShouldBeNull();
        result["error"]!.AsObject().Text("stage").ShouldBe("tts");
    }

    [Fact]
    public async Task Whoever_is_erased_is_gone_from_turns_and_conversations()
    {
        (string, string)[] headers = [("x-groqkit-user", "erika"), ("x-groqkit-conversation", "talk")];
        using HttpResponseMessage first = await _stand.AskAsync(
            HttpMethod.Post,
            VoiceStand.Path + "?turn=r5&resume=30",
            VoiceStand.Words("Tell me."),
            headers
        );
        await VoiceStand.ReadAsync(first);
        await _stand.LetWriteAsync("One two three four five. " + new string('b', 4_000) + ".");
        using HttpResponseMessage second = await _stand.AskAsync(
            HttpMethod.Post,
            VoiceStand.Path + "?turn=r6",
            VoiceStand.Words("Tell me more."),
            headers
        );
        await using IAsyncEnumerator<JsonObject> events = VoiceStand.EventsAsync(second).GetAsyncEnumerator();
        (await events.MoveNextAsync()).ShouldBeTrue();

        (await _stand.Gateway.PostAsync("/api/end-users/erase?user=erika", "")).Status.ShouldBe(HttpStatusCode.OK);
        (await InterruptAsync("r6")).ShouldBe(HttpStatusCode.NoContent);
        while (await events.MoveNextAsync()) { }

        foreach (string turn in (string[])["r5", "r6"])
        {
            foreach (string accept in (string[])["application/json", "text/event-stream"])
            {
                HttpStatusCode status;
                do
                {
                    using HttpResponseMessage answer = await _stand.AskAsync(
                        HttpMethod.Get,
                        $"{VoiceStand.Path}/{turn}",
                        content: null,
                        ("Accept", accept)
                    );
                    status = answer.StatusCode;
                } while (turn == "r6" && status == HttpStatusCode.OK);
                status.ShouldBe(HttpStatusCode.NotFound);
            }
        }
        await _stand.LetWriteAsync("Yes.");
        using HttpResponseMessage third = await _stand.AskAsync(
            HttpMethod.Post,
            VoiceStand.Path,
            VoiceStand.Words("And then?"),
            headers
        );
        await VoiceStand.ReadAsync(third);
        string asked = _stand
            .First.Requests.Last(request => request.Path.EndsWith("/completions", StringComparison.Ordinal))
            .BodyText;
        asked.ShouldContain("And then?");
        asked.ShouldNotContain("Tell me");
    }

    private async Task<HttpStatusCode> InterruptAsync(string turn)
    {
        using HttpResponseMessage told = await _stand.Gateway.PostJsonAsync($"{VoiceStand.Path}/{turn}/interrupt", "");
        return told.StatusCode;
    }
}
