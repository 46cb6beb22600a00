using System.Net;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Tests.Running;
using GroqKit.Simulator.Hosting;

namespace GroqKit.Gateway.Tests.Api.Voice;

/// <summary>Turns that are kept: how many there may be, and that a name stands for one.</summary>
[Requirement("GW-19", "GW-02")]
public sealed class VoiceKeptTests : IAsyncLifetime
{
    private VoiceStand _stand = null!;

    public async ValueTask InitializeAsync() =>
        _stand = await VoiceStand.StartAsync(
            new SimulatorOptions { TokensPerSecond = 200 },
            "--GroqKit:Limits:KeptTurnsPerKey=2",
            "--GroqKit:Limits:KeptTurns=3"
        );

    public ValueTask DisposeAsync() => _stand.DisposeAsync();

    [Fact]
    public async Task A_key_and_a_node_keep_so_many_turns_and_no_more()
    {
        string other = await _stand.Gateway.NewKeyAsync("""{"name":"other","scopes":["chat","audio"]}""");
        await VoiceStand.ReadAsync(await TypeAsync("?turn=k1&resume=30"));
        await VoiceStand.ReadAsync(await TypeAsync("?turn=k2&resume=30"));

        using (HttpResponseMessage third = await TypeAsync("?turn=k3&resume=30"))
        {
            third.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
            JsonObject error = await third.ErrorAsync();
            error.Text("code").ShouldBe("too_many_kept_turns");
            error.Text("param").ShouldBe("resume");
            third.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 60);
        }
        // One that is not kept has room, and so has one that takes the place of its own name.
        (await VoiceStand.ReadAsync(await TypeAsync("")))
            .Outcome()
            .ShouldBe("completed");
        (await VoiceStand.ReadAsync(await TypeAsync("?turn=k2"))).Outcome().ShouldBe("completed");
        (await VoiceStand.ReadAsync(await TypeAsync("?turn=k2&resume=30"))).Outcome().ShouldBe("completed");
        (await VoiceStand.ReadAsync(await TypeAsync("?turn=k3&resume=30", other))).Outcome().ShouldBe("completed");
        using HttpResponseMessage fourth = await TypeAsync("?turn=k4&resume=30", other);
        fourth.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await fourth.ErrorAsync()).Text("code").ShouldBe("no_room_for_turns");
        fourth.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 60);
    }

    [Fact]
    public async Task A_turn_that_was_refused_gives_its_place_back()
    {
        for (int round = 0; round < 5; round++)
        {
            using HttpResponseMessage wrong = await _stand.SendAsync(
                VoiceStand.Sound([1, 2, 3], "audio/wav"),
                $"?turn=w{round}&resume=1&format=mp3"
            );
            wrong.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            using HttpResponseMessage bad = await _stand.AskAsync(
                HttpMethod.Post,
                VoiceStand.Path + "?resume=1",
                VoiceStand.Words("Hello."),
                ("x-groqkit-on-break", "perhaps")
            );
            bad.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        }

        (await VoiceStand.ReadAsync(await TypeAsync("?turn=w&resume=30"))).Outcome().ShouldBe("completed");
    }

    [Fact]
    public async Task The_same_turn_sent_again_is_the_same_turn()
    {
        byte[] question = await _stand.SayAsync("What is the capital of France?");
        int before = _stand.First.Requests.Count;
        using HttpResponseMessage first = await _stand.SendAsync(VoiceStand.Sound(question), "?turn=s1&resume=30");
        var events = new List<JsonObject>();
        HttpResponseMessage? again = null;
        await foreach (JsonObject happened in VoiceStand.EventsAsync(first))
        {
            events.Add(happened);
            if (happened.TypeOf() != "answer.delta")
                continue;
            again = await _stand.SendAsync(VoiceStand.Sound(question), "?resume=20&turn=s1");
            break;
        }

        again!.Headers.GetValues("Idempotent-Replayed").ShouldBe(["true"]);
        List<JsonObject> all = await VoiceStand.ReadAsync(again);
        all.Select(happened => happened["seq"]!.GetValue<int>()).ShouldBe(Enumerable.Range(0, all.Count));
        all.Outcome().ShouldBe("completed");
        int asked = _stand.First.Requests.Count - before;
        all.One("usage")["calls"]!.AsArray().Count.ShouldBe(asked);
        // As a form, after its end, and in another form: it is the same turn.
        using var form = new MultipartFormDataContent
        {
            { new StringContent("s1"), "turn" },
            { new StringContent("20"), "resume" },
            { VoiceStand.Sound(question), "audio", "said.wav" },
        };
        (await VoiceStand.ReadAsync(await _stand.SendAsync(form))).Count.ShouldBe(all.Count);
        (_stand.First.Requests.Count - before).ShouldBe(asked);
    }

    [Theory]
    [InlineData("Hello!", "")]
    [InlineData("Hello.", "&language=de")]
    [InlineData("Hello.", "&format=wav")]
    [InlineData("Hello.", "&instructions=Hello.")]
    public async Task A_name_that_comes_with_something_else_is_refused(string text, string more)
    {
        await VoiceStand.ReadAsync(await TypeAsync("?turn=d1&resume=30"));

        using HttpResponseMessage other = await _stand.TypeAsync(text, "?turn=d1&resume=30" + more);

        other.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        JsonObject error = await other.ErrorAsync();
        error.Text("code").ShouldBe("turn_reused");
        error.Text("param").ShouldBe("turn");
    }

    [Fact]
    public async Task A_recording_of_which_one_sample_differs_is_another()
    {
        byte[] question = await _stand.SayAsync("What is the capital of France?");
        await VoiceStand.ReadAsync(await _stand.SendAsync(VoiceStand.Sound(question), "?turn=d2&resume=30"));
        question[^9] ^= 1;

        using HttpResponseMessage other = await _stand.SendAsync(VoiceStand.Sound(question), "?turn=d2&resume=30");

        other.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_recording_that_breaks_off_when_it_is_sent_again_is_one_clear_error()
    {
        byte[] question = await _stand.SayAsync("What is the capital of France?");
        await VoiceStand.ReadAsync(await _stand.SendAsync(VoiceStand.Sound(question), "?turn=d3&resume=30"));
        byte[] head =
            "--cut\r\nContent-Disposition: form-data; name=\"audio\"; filename=\"a.wav\"\r\nContent-Type: audio/wav\r\n\r\n"u8.ToArray();

        using HttpResponseMessage again = await _stand.SendAsync(
            VoiceStand.Sound([.. head, .. question], "multipart/form-data; boundary=cut"),
            "?turn=d3&resume=30"
        );

        again.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        JsonObject error = await again.ErrorAsync();
        error.Text("code").ShouldBe("truncated_audio");
        error.Text("param").ShouldBe("audio");
    }

    [Fact]
    public async Task Without_the_wish_to_come_back_a_running_name_is_taken()
    {
        using HttpResponseMessage running = await TypeAsync("?turn=n1&resume=30");

        using HttpResponseMessage second = await TypeAsync("?turn=n1");

        second.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await second.ErrorAsync()).Text("code").ShouldBe("already_exists");
        (await VoiceStand.ReadAsync(running)).Outcome().ShouldBe("completed");
    }

    [Fact]
    public async Task What_failed_is_tried_again_by_the_same_name()
    {
        _stand.First.Faults.Set("500", model: VoiceStand.Answering);
        _stand.Second.Faults.Set("500", model: VoiceStand.Answering);
        byte[] question = await _stand.SayAsync("Again?");
        List<JsonObject> events = await VoiceStand.ReadAsync(
            await _stand.SendAsync(VoiceStand.Sound(question), "?turn=f1&resume=30")
        );
        events.Outcome().ShouldBe("failed");
        _stand.First.Faults.Clear();
        _stand.Second.Faults.Clear();

        events = await VoiceStand.ReadAsync(await _stand.SendAsync(VoiceStand.Sound(question), "?turn=f1&resume=30"));

        events.Outcome().ShouldBe("completed");
    }

    [Fact]
    public async Task A_turn_that_is_still_being_sent_is_not_begun_twice()
    {
        byte[] question = await _stand.SayAsync("Who comes first?");
        await using RawConnection first = await BeginAsync(question, "c1");

        using (HttpResponseMessage second = await _stand.SendAsync(VoiceStand.Sound(question), "?turn=c1&resume=30"))
        {
            second.StatusCode.ShouldBe(HttpStatusCode.Conflict);
            (await second.ErrorAsync()).Text("code").ShouldBe("turn_in_use");
            second.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        }
        await first.SendAsync(question.AsMemory(2_000));
        (await first.ReadToEndAsync()).ShouldContain("\"outcome\":\"completed\"");
    }

    [Fact]
    public async Task Who_reads_by_another_connection_does_not_end_the_one_that_speaks()
    {
        byte[] question = await _stand.SayAsync("Who comes first?");
        await using RawConnection speaking = await BeginAsync(question, "c2");
        Task<HttpResponseMessage> reading = _stand.AskAsync(HttpMethod.Get, $"{VoiceStand.Path}/c2");
        // The one that speaks is told that another reads now, by the head of its answer.
        (await speaking.ReadAsync()).ShouldContain(" 200 OK");

        await speaking.SendAsync(question.AsMemory(2_000));

        List<JsonObject> events = await VoiceStand.ReadAsync(await reading);
        events.One("transcript.done").Text().ShouldBe("Who comes first?");
        events.Outcome().ShouldBe("completed");
    }

    // The first part of a recording, and a turn that waits for the rest.
    private async Task<RawConnection> BeginAsync(byte[] question, string turn)
    {
        RawConnection first = await RawConnection.OpenAsync(_stand.Gateway.Address);
        await first.SendAsync(
            $"POST {VoiceStand.Path}?turn={turn}&resume=30 HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer {RunningGateway.Key}\r\n"
                + $"Content-Type: audio/wav\r\nContent-Length: {question.Length}\r\nConnection: close\r\n\r\n"
        );
        await first.SendAsync(question.AsMemory(0, 2_000));
        while (true)
        {
            using HttpResponseMessage look = await _stand.AskAsync(
                HttpMethod.Get,
                $"{VoiceStand.Path}/{turn}",
                content: null,
                ("Accept", "application/json")
            );
            if (look.StatusCode == HttpStatusCode.OK)
                return first;
        }
    }

    private Task<HttpResponseMessage> TypeAsync(string query, string? key = null) =>
        _stand.AskAsync(
            HttpMethod.Post,
            VoiceStand.Path + query,
            VoiceStand.Words("Hello."),
            key is null ? [] : [("Authorization", "Bearer " + key)]
        );
}
