using System.Net;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Tests.Running;
using GroqKit.Simulator.Hosting;

namespace GroqKit.Gateway.Tests.Api.Voice;

/// <summary>What callers take is what they get, by the weights that they give it.</summary>
[Requirement("GW-19", "GW-02")]
public sealed class VoiceFormTests : IAsyncLifetime
{
    private const string Events = "text/event-stream";
    private const string Lines = "application/x-ndjson";

    private VoiceStand _stand = null!;

    public async ValueTask InitializeAsync() => _stand = await VoiceStand.StartAsync();

    public ValueTask DisposeAsync() => _stand.DisposeAsync();

    [Theory]
    [InlineData("*/*", Events)]
    [InlineData("text/*", Events)]
    [InlineData("text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8", Events)]
    [InlineData("application/*", Lines)]
    [InlineData("APPLICATION/X-NDJSON", Lines)]
    [InlineData("*/*, text/event-stream;q=0", Lines)]
    [InlineData("audio/*", "audio/wav")]
    [InlineData("AUDIO/*", "audio/wav")]
    [InlineData("audio/mpeg, audio/wav", "audio/wav")]
    [InlineData("text/event-stream;q=0.5, audio/wav", "audio/wav")]
    [InlineData("audio/wav;q=0.5, text/event-stream", Events)]
    [InlineData("audio/wav, text/event-stream", "audio/wav")]
    [InlineData("*/*, audio/x-wav", "audio/wav")]
    [InlineData("audio/*, audio/wav;q=0", "audio/pcm;rate=24000")]
    [InlineData("audio/pcm", "audio/pcm;rate=24000")]
    [InlineData("audio/pcm;rate=\"16000\"", "audio/pcm;rate=16000")]
    [InlineData("audio/pcm;rate=16000;q=0.4, audio/pcm;rate=8000;q=0.7", "audio/pcm;rate=8000")]
    [InlineData("audio/pcm;rate=96000, audio/basic;q=0.1", "audio/basic;rate=8000")]
    public async Task The_best_of_what_a_caller_takes_is_given(string accept, string type)
    {
        using HttpResponseMessage answer = await AskAsync(accept);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
        answer
            .Content.Headers.GetValues("Content-Type")
            .Single()
            .Replace(" ", "", StringComparison.Ordinal)
            .ShouldBe(type);
    }

    [Fact]
    public async Task Sound_of_an_answer_that_nobody_can_speak_is_an_error_and_no_empty_file()
    {
        await _stand.LetWriteAsync("\U0001F389 \U0001F680");

        using HttpResponseMessage answer = await AskAsync("audio/wav");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (await answer.JsonAsync())["error"]!["code"]!.GetValue<string>().ShouldBe("empty_answer");
    }

    [Theory]
    [InlineData("audio/mpeg")]
    [InlineData("application/json")]
    [InlineData("*/*;q=0")]
    [InlineData("text/event-stream;q=0, text/*;q=0.000")]
    [InlineData("audio/pcm;rate=96000")]
    public async Task What_can_not_be_given_is_one_error_that_lists_what_can(string accept)
    {
        using HttpResponseMessage answer = await AskAsync(accept);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotAcceptable);
        JsonObject error = await answer.ErrorAsync();
        error.Text("code").ShouldBe("not_acceptable");
        error.Text("param").ShouldBe("accept");
        error.Text("message").ShouldContain(Events);
        error.Text("message").ShouldContain("audio/wav");
        _stand.First.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("audio")]
    [InlineData("audio/wav,,;")]
    [InlineData("too many")]
    public async Task A_header_that_can_not_be_read_is_named(string accept)
    {
        if (accept == "too many")
            accept = string.Join(", ", Enumerable.Range(8_000, 65).Select(rate => $"audio/wav;rate={rate}"));
        using HttpResponseMessage answer = await AskAsync(accept);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.ErrorAsync()).Text("param").ShouldBe("accept");
    }

    [Fact]
    public async Task An_agent_without_a_voice_gives_events_to_who_takes_them_too()
    {
        (await _stand.Gateway.DeleteAsync($"/api/agents/{VoiceStand.Agent}/providers/tts")).Status.ShouldBe(
            HttpStatusCode.NoContent
        );

        using HttpResponseMessage both = await AskAsync("audio/wav, application/x-ndjson;q=0.2");
        both.Content.Headers.ContentType!.MediaType.ShouldBe(Lines, await both.TextAsync());
        using HttpResponseMessage sound = await AskAsync("audio/wav");
        sound.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await sound.ErrorAsync()).Text("param").ShouldBe("agent");
    }

    [Fact]
    public async Task Lines_tell_what_events_tell()
    {
        await _stand.LetWriteAsync("It is a\nbright day. \"Quite\" so.");
        using HttpResponseMessage answer = await AskAsync(Lines);

        string text = await answer.TextAsync();
        text.ShouldEndWith("}\n");
        List<JsonObject> lines = [.. text[..^1].Split('\n').Select(line => JsonNode.Parse(line)!.AsObject())];
        lines.Select(line => line["seq"]!.GetValue<int>()).ShouldBe(Enumerable.Range(0, lines.Count));
        lines[0].TypeOf().ShouldBe("turn.started");
        lines.Outcome().ShouldBe("completed");
        string.Concat(lines.Of("answer.delta").Select(line => line.Text()))
            .ShouldBe("It is a\nbright day. \"Quite\" so.");
        List<JsonObject> events = await VoiceStand.ReadAsync(await AskAsync(Events));
        events.Select(one => one.TypeOf()).Distinct().ShouldBe(lines.Select(one => one.TypeOf()).Distinct(), true);
    }

    [Theory]
    [InlineData(Events, ": still waiting")]
    [InlineData(Lines, """{"type":"heartbeat"}""")]
    public async Task A_silence_is_filled_with_what_readers_pass_over(string accept, string beat)
    {
        var time = new ManualTimeProvider();
        await using VoiceStand stand = await VoiceStand.StartAsync(new SimulatorOptions(), time);
        await stand.LetWriteAsync("One two three. Four five six.");
        stand.First.Faults.Set("hang", model: VoiceStand.Speaking);
        using HttpResponseMessage answer = await stand.AskAsync(
            HttpMethod.Post,
            VoiceStand.Path,
            VoiceStand.Words("Hello."),
            ("Accept", accept)
        );
        using var body = new StreamReader(
            await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)
        );
        string? line;
        do line = await time.PassUntilAsync(
            body.ReadLineAsync(TestContext.Current.CancellationToken).AsTask(),
            TimeSpan.FromSeconds(1)
        );
        while (line is not null && line != beat);

        line.ShouldBe(beat);
    }

    [Fact]
    public async Task The_words_of_sound_alone_come_behind_it()
    {
        await _stand.LetWriteAsync("Grüße, 100 % — from 東京.");
        byte[] question = await _stand.SayAsync("What is the capital of France?");
        using HttpResponseMessage answer = await _stand.AskAsync(
            HttpMethod.Post,
            VoiceStand.Path,
            VoiceStand.Sound(question),
            ("Accept", "audio/wav")
        );
        byte[] sound = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        sound.Length.ShouldBeGreaterThan(40_000);
        answer.Headers.Trailer.ShouldBe(["x-groqkit-transcript", "x-groqkit-answer", "x-groqkit-outcome"]);
        Trailer(answer, "x-groqkit-transcript").ShouldBe("What is the capital of France?");
        Trailer(answer, "x-groqkit-answer").ShouldBe("Grüße, 100 % — from 東京.");
        Trailer(answer, "x-groqkit-outcome").ShouldBe("completed");
        JsonObject result = await _stand.ResultAsync(answer.Headers.GetValues("x-groqkit-turn").Single());
        result.Text("transcript").ShouldBe("What is the capital of France?");
        result.Text("answer").ShouldBe("Grüße, 100 % — from 東京.");
        result.Text("outcome").ShouldBe("completed");
    }

    [Fact]
    public async Task A_connection_serves_on_after_words_behind_sound()
    {
        await using RawConnection connection = await RawConnection.OpenAsync(_stand.Gateway.Address);
        string body = """{"text":"Hello."}""";
        string[] more = ["", "Connection: close\r\n"];
        foreach (string header in more)
            await connection.SendAsync(
                $"POST {VoiceStand.Path} HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer {RunningGateway.Key}\r\nAccept: audio/basic\r\n"
                    + $"{header}Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"
            );

        string answers = await connection.ReadToEndAsync();

        answers.Split("HTTP/1.1 200 OK").Length.ShouldBe(3);
        answers.Split("\r\n0\r\nx-groqkit-answer: ").Length.ShouldBe(3);
        answers.ShouldEndWith("x-groqkit-outcome: completed\r\n\r\n");
    }

    [Fact]
    public async Task Sound_that_was_interrupted_before_it_began_is_none()
    {
        _stand.First.Faults.Set("hang", model: VoiceStand.Answering);
        Task<HttpResponseMessage> asking = _stand.AskAsync(
            HttpMethod.Post,
            VoiceStand.Path + "?turn=none",
            VoiceStand.Words("Hello."),
            ("Accept", "audio/wav")
        );
        await _stand.First.Requests.WaitForAsync(
            request => request.Model == VoiceStand.Answering,
            TestContext.Current.CancellationToken
        );

        (await _stand.Gateway.PostJsonAsync($"{VoiceStand.Path}/none/interrupt", "")).Dispose();

        using HttpResponseMessage answer = await asking;
        (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
        Trailer(answer, "x-groqkit-outcome").ShouldBe("interrupted");
    }

    [Fact]
    public async Task An_answer_that_is_given_again_is_the_sound_alone()
    {
        (string, string)[] headers = [("Accept", "audio/wav"), ("Idempotency-Key", "once")];
        byte[][] sounds = new byte[2][];
        for (int round = 0; round < 2; round++)
        {
            using HttpResponseMessage answer = await _stand.AskAsync(
                HttpMethod.Post,
                VoiceStand.Path,
                VoiceStand.Words("Hello."),
                headers
            );
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
            sounds[round] = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        }

        sounds[0][..4].ShouldBe("RIFF"u8.ToArray());
        sounds[1].ShouldBe(sounds[0]);
    }

    [Fact]
    public async Task A_long_answer_behind_sound_is_cut_at_a_character()
    {
        string written = string.Concat(Enumerable.Repeat("Ääääääää öööö üüü. ", 60)).Trim();
        await _stand.LetWriteAsync(written);
        using HttpResponseMessage answer = await AskAsync("audio/basic");
        await answer.Content.LoadIntoBufferAsync(TestContext.Current.CancellationToken);

        answer.TrailingHeaders.GetValues("x-groqkit-answer").Single().Length.ShouldBeLessThanOrEqualTo(3_000);
        string cut = Trailer(answer, "x-groqkit-answer");
        cut.ShouldEndWith("…");
        written.ShouldStartWith(cut[..^1]);
        JsonObject result = await _stand.ResultAsync(answer.Headers.GetValues("x-groqkit-turn").Single());
        result.Text("answer").ShouldBe(written);
    }

    [Fact]
    public async Task Where_there_are_no_trailers_the_sound_is_whole_all_the_same()
    {
        await using RawConnection old = await RawConnection.OpenAsync(_stand.Gateway.Address);
        string body = """{"text":"Hello."}""";
        await old.SendAsync(
            $"POST {VoiceStand.Path} HTTP/1.0\r\nAuthorization: Bearer {RunningGateway.Key}\r\nAccept: audio/wav\r\n"
                + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"
        );

        string answer = await old.ReadToEndAsync();

        answer.ShouldContain(" 200 OK");
        answer.ShouldContain("RIFF");
        answer.ShouldNotContain("x-groqkit-outcome");
    }

    private Task<HttpResponseMessage> AskAsync(string accept) =>
        _stand.AskAsync(HttpMethod.Post, VoiceStand.Path, VoiceStand.Words("Hello."), ("Accept", accept));

    private static string Trailer(HttpResponseMessage answer, string name) =>
        Uri.UnescapeDataString(answer.TrailingHeaders.GetValues(name).Single());
}
