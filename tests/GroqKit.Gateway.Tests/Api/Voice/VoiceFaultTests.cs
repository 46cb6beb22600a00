using System.Text.Json.Nodes;

namespace GroqKit.Gateway.Tests.Api.Voice;

/// <summary>What goes wrong at a provider of an agent's chain: the next one takes over within the turn, and what it cost is told.</summary>
[Requirement("GW-19", "PR-09")]
public sealed class VoiceFaultTests
{
    private static readonly string[] Deadlines =
    [
        "--GroqKit:Deadlines:FirstOutput=2s",
        "--GroqKit:Deadlines:WholeAnswer=2s",
        "--GroqKit:Deadlines:Idle=2s",
        "--GroqKit:Deadlines:Gap=2s",
    ];

    [Theory]
    [InlineData("500")]
    [InlineData("401")]
    [InlineData("hang")]
    [InlineData("headers-only")]
    [InlineData("cut")]
    [InlineData("stall")]
    [InlineData("malformed")]
    [InlineData("empty")]
    public async Task A_turn_is_whole_although_the_first_provider_fails_in_every_stage(string fault)
    {
        await using VoiceStand stand = await VoiceStand.StartLivedAsync(Deadlines);
        byte[] question = await stand.SayAsync("What is the capital of France?");
        stand.First.Faults.Set(fault);

        List<JsonObject> events = await VoiceStand.ReadAsync(await stand.SendAsync(VoiceStand.Sound(question)));

        events.Of("error").ShouldBeEmpty();
        events.Outcome().ShouldBe("completed");
        events.One("transcript.done").Text().ShouldBe("What is the capital of France?");
        events.Sentences().ShouldBeUnique();
        events.Of("audio.mark").Count().ShouldBe(events.Sentences().Length);
        JsonArray calls = events.One("usage")["calls"]!.AsArray();
        foreach (string service in (string[])["stt", "llm", "tts"])
        {
            calls
                .Select(call => call!.AsObject())
                .Where(call => call.Text("service") == service)
                .ShouldContain(call => call.Text("provider") == "second");
        }
        foreach (string service in (string[])["stt", "llm", "tts"])
        {
            JsonObject change = events.Of("provider.switched").First(switched => switched.Text("service") == service);
            change.Text("from").ShouldStartWith("first/");
            change.Text("reason").ShouldNotBeEmpty();
        }
        events
            .Of("provider.switched")
            .Select(switched => switched["to"]?.GetValue<string>())
            .OfType<string>()
            .ShouldAllBe(to => to.StartsWith("second/", StringComparison.Ordinal));
        await stand.UntilIdleAsync();
    }

    [Fact]
    public async Task A_turn_that_nobody_fails_tells_of_no_switch()
    {
        await using VoiceStand stand = await VoiceStand.StartLivedAsync(Deadlines);

        List<JsonObject> events = await VoiceStand.ReadAsync(await stand.TypeAsync("Is all well?"));

        events.Outcome().ShouldBe("completed");
        events.Of("provider.switched").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(VoiceStand.Hearing, "stt")]
    [InlineData(VoiceStand.Answering, "llm")]
    [InlineData(VoiceStand.Speaking, "tts")]
    public async Task With_nobody_left_it_is_one_error_that_names_the_stage(string model, string stage)
    {
        await using VoiceStand stand = await VoiceStand.StartLivedAsync(Deadlines);
        byte[] question = await stand.SayAsync("What is the capital of France?");
        stand.First.Faults.Set("500", model: model);
        stand.Second.Faults.Set("500", model: model);

        using HttpResponseMessage answer = await stand.SendAsync(VoiceStand.Sound(question));

        if (stage == "stt")
        {
            ((int)answer.StatusCode).ShouldBeGreaterThanOrEqualTo(500);
            (await Running.Reading.ErrorAsync(answer))["code"]!.GetValue<string>().ShouldNotBeEmpty();
            return;
        }
        List<JsonObject> events = await VoiceStand.ReadAsync(answer);
        JsonObject error = events.One("error");
        error.Text("stage").ShouldBe(stage);
        error.Text("code").ShouldNotBeEmpty();
        events.Outcome().ShouldBe("failed");
    }
}
