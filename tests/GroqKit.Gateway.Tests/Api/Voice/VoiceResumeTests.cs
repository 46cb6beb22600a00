using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Services.Voice;
using GroqKit.Gateway.Tests.Running;
using GroqKit.Simulator.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace GroqKit.Gateway.Tests.Api.Voice;

/// <summary>Callers who lose their connection within an answer, and come back for the rest.</summary>
[Requirement("GW-19")]
public sealed class VoiceResumeTests : IAsyncLifetime
{
    private VoiceStand _stand = null!;

    public async ValueTask InitializeAsync()
    {
        _stand = await VoiceStand.StartAsync(new SimulatorOptions { TokensPerSecond = 400 });
        _stand.First.Faults.Set("bandwidth:bytes=600000", model: VoiceStand.Speaking);
    }

    public ValueTask DisposeAsync() => _stand.DisposeAsync();

    [Fact]
    public async Task A_turn_is_read_in_parts_without_a_gap_and_without_anything_twice()
    {
        var events = new List<JsonObject>();
        await ReadSomeAsync(await _stand.TypeAsync("Tell me.", "?turn=t1&resume=60", "c1"), events, 7);
        while (events.Count == 0 || events[^1].TypeOf() != "turn.done")
            await ReadSomeAsync(await ResumeAsync("t1", events.Count - 1), events, 25);

        events
            .Select(happened => happened["seq"]!.GetValue<long>())
            .ShouldBe(Enumerable.Range(0, events.Count).Select(number => (long)number));
        events.Outcome().ShouldBe("completed");
        events.One("usage")["calls"]!.AsArray().Count.ShouldBe(events.Sentences().Length + 1);
        // All of it again, as long as it is kept.
        (await VoiceStand.ReadAsync(await ResumeAsync("t1", null))).Count.ShouldBe(events.Count);
        await _stand.UntilIdleAsync();
    }

    [Fact]
    public async Task A_turn_that_nobody_comes_back_to_ends()
    {
        var events = new List<JsonObject>();
        await ReadSomeAsync(await _stand.TypeAsync("Tell me.", "?turn=t2&resume=1"), events, 3);

        await _stand.UntilIdleAsync();
        var running = _stand.Gateway.Services.GetRequiredService<RunningTurns>();
        using var safety = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        safety.CancelAfter(TimeSpan.FromSeconds(30));
        while (running.Count > 0)
            (await _stand.Gateway.Client.GetAsync("/health/live", safety.Token)).Dispose();
        List<JsonObject> rest = await VoiceStand.ReadAsync(await ResumeAsync("t2", events.Count - 1));

        rest.Outcome().ShouldBeOneOf("interrupted", "completed");
    }

    [Theory]
    [InlineData("nobody", "0", HttpStatusCode.NotFound, "not_found")]
    [InlineData("t3", "seven", HttpStatusCode.BadRequest, "invalid_value")]
    [InlineData("t3", "-5", HttpStatusCode.BadRequest, "invalid_value")]
    [InlineData("t3", "100000", HttpStatusCode.Conflict, "events_gone")]
    [InlineData("t3", "9223372036854775807", HttpStatusCode.Conflict, "events_gone")]
    [InlineData("t3", "9223372036854775808", HttpStatusCode.BadRequest, "invalid_value")]
    public async Task What_can_not_be_gone_on_with_is_one_error(
        string turn,
        string last,
        HttpStatusCode status,
        string code
    )
    {
        await VoiceStand.ReadAsync(await _stand.TypeAsync("Hello.", "?turn=t3&resume=5"));

        using HttpResponseMessage answer = await ResumeAsync(turn, last);

        answer.StatusCode.ShouldBe(status);
        (await answer.ErrorAsync()).Text("code").ShouldBe(code);
    }

    [Fact]
    public async Task The_wish_to_come_back_is_a_number_in_json_too()
    {
        using HttpResponseMessage answer = await _stand.SendAsync(
            new StringContent("""{"text":"Hello.","turn":"t7","resume":5}""", Encoding.UTF8, "application/json")
        );
        List<JsonObject> events = await VoiceStand.ReadAsync(answer);

        (await VoiceStand.ReadAsync(await ResumeAsync("t7", null))).Count.ShouldBe(events.Count);
    }

    [Fact]
    public async Task A_wrong_number_does_not_take_over_from_who_reads()
    {
        await _stand.LetWriteAsync(Long(4));
        using HttpResponseMessage first = await _stand.TypeAsync("Tell me.", "?turn=t4&resume=30");
        var events = new List<JsonObject>();
        await foreach (JsonObject happened in VoiceStand.EventsAsync(first))
        {
            events.Add(happened);
            if (events.Count is not (3 or 10))
                continue;
            using HttpResponseMessage wrong = await ResumeAsync("t4", "100000");
            wrong.StatusCode.ShouldBe(HttpStatusCode.Conflict);
            JsonObject error = await wrong.ErrorAsync();
            error.Text("code").ShouldBe("events_gone");
            error.Text("param").ShouldBe("last-event-id");
        }

        events.Outcome().ShouldBe("completed");
    }

    [Fact]
    public async Task Events_that_had_to_leave_are_one_error_that_says_what_is_there()
    {
        _stand.First.Faults.Clear();
        await _stand.LetWriteAsync(Long(60));
        List<JsonObject> events = await VoiceStand.ReadAsync(
            await _stand.TypeAsync("Tell me.", "?turn=t5&resume=30&format=pcm_48000")
        );
        events.Sound().Length.ShouldBeGreaterThan(4 * 1024 * 1024);

        foreach (string? last in (string?[])[null, "0", "5"])
        {
            using HttpResponseMessage gone = await ResumeAsync("t5", last);
            gone.StatusCode.ShouldBe(HttpStatusCode.Conflict);
            JsonObject error = await gone.ErrorAsync();
            error.Text("code").ShouldBe("events_gone");
            error.Text("message").ShouldContain($" to {events.Count - 1}");
        }
        (await VoiceStand.ReadAsync(await ResumeAsync("t5", events.Count - 2))).ShouldHaveSingleItem();
        (await VoiceStand.ReadAsync(await ResumeAsync("t5", events.Count - 1))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("POST", "/interrupt")]
    public async Task A_turn_is_found_by_its_own_agent_and_key_alone(string method, string more)
    {
        await _stand.AddAgentAsync("other");
        string foreign = await _stand.Gateway.NewKeyAsync("""{"name":"foreign","scopes":["chat","audio"]}""");
        using HttpResponseMessage running = await _stand.TypeAsync("Tell me.", "?turn=t6&resume=30");
        (string, string)[][] askers =
        [
            [("Accept", "text/event-stream")],
            [("Accept", "application/json")],
        ];
        foreach ((string, string)[] headers in askers)
        {
            using HttpResponseMessage ofOther = await _stand.AskAsync(
                new HttpMethod(method),
                $"/v1/agents/other/voice/t6{more}",
                content: null,
                headers
            );
            ofOther.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            using HttpResponseMessage ofForeign = await _stand.AskAsync(
                new HttpMethod(method),
                $"{VoiceStand.Path}/t6{more}",
                content: null,
                [.. headers, ("Authorization", "Bearer " + foreign)]
            );
            ofForeign.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
        // The same name is free for the other agent.
        using HttpResponseMessage same = await _stand.AskAsync(
            HttpMethod.Post,
            "/v1/agents/other/voice?turn=t6&resume=30",
            VoiceStand.Words("Tell me.")
        );

        (await VoiceStand.ReadAsync(running)).Outcome().ShouldBe("completed");
        (await VoiceStand.ReadAsync(same)).Outcome().ShouldBe("completed");
    }

    [Theory]
    [InlineData("?resume=0", null)]
    [InlineData("?resume=61", null)]
    [InlineData("?resume=yes", null)]
    [InlineData("?resume=5", "audio/wav")]
    public async Task A_wrong_wish_is_named(string query, string? accept)
    {
        if (accept is not null)
            _stand.Gateway.Client.DefaultRequestHeaders.Accept.ParseAdd(accept);
        using HttpResponseMessage answer = await _stand.TypeAsync("Hello.", query);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.ErrorAsync()).Text("param").ShouldBe("resume");
    }

    private static string Long(int sentences) =>
        string.Join(
            ' ',
            Enumerable.Range(1, sentences).Select(n => $"This is sentence number {n} of a very long tale.")
        );

    private static async Task ReadSomeAsync(HttpResponseMessage answer, List<JsonObject> events, int most)
    {
        using (answer)
        {
            await foreach (JsonObject happened in VoiceStand.EventsAsync(answer))
            {
                events.Add(happened);
                if (--most == 0)
                    break;
            }
        }
    }

    private Task<HttpResponseMessage> ResumeAsync(string turn, int after) =>
        ResumeAsync(turn, after.ToString(CultureInfo.InvariantCulture));

    private Task<HttpResponseMessage> ResumeAsync(string turn, string? after)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"{VoiceStand.Path}/{turn}");
        if (after is not null)
            request.Headers.Add("Last-Event-ID", after);
        return _stand.Gateway.Client.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            TestContext.Current.CancellationToken
        );
    }
}
