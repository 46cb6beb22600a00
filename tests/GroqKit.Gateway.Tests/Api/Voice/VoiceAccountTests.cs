using System.Text.Json.Nodes;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Tests.Running;

namespace GroqKit.Gateway.Tests.Api.Voice;

/// <summary>What a turn tells of its times and its cost is what was measured, and what reports and metrics hold.</summary>
[Requirement("GW-19", "GW-06")]
public sealed class VoiceAccountTests
{
    private const string Question = "What is the capital of France?";

    [Fact]
    public async Task The_usage_of_a_turn_is_the_sum_of_the_accounts_of_its_calls()
    {
        await using VoiceStand stand = await VoiceStand.StartAsync();
        byte[] question = await stand.SayAsync(Question);
        (await stand.Gateway.Usage.NextAsync()).Operation.ShouldBe(Operation.Speech);

        List<JsonObject> events = await VoiceStand.ReadAsync(
            await stand.SendAsync(VoiceStand.Sound(question), conversation: "c1")
        );

        JsonObject usage = events.One("usage");
        JsonArray calls = usage["calls"]!.AsArray();
        var records = new List<UsageRecord>();
        for (int call = 0; call <= calls.Count; call++)
            records.Add(await stand.Gateway.Usage.NextAsync());
        UsageRecord turn = records.Single(record => record.Operation == Operation.Voice);
        turn.Cost.ShouldBe(0, "its stages are paid, each by its own account");
        turn.Agent.ShouldBe(VoiceStand.Agent);
        records.Remove(turn);
        records.ShouldAllBe(record => record.Agent == VoiceStand.Agent && record.Conversation == "c1");
        records.ShouldAllBe(record => record.Cost > 0);
        calls
            .Select(call => call!.AsObject().Text("request_id"))
            .ShouldBe(records.Select(record => record.RequestId), ignoreOrder: true);
        ((decimal)usage.Number("cost")).ShouldBe(records.Sum(record => record.Cost!.Value), 0.000000002m);
        usage.Number("tts_characters").ShouldBe(events.Sentences().Sum(sentence => sentence.Length));
        usage.Number("prompt_tokens").ShouldBe(records.Sum(record => record.Usage.Prompt));
        usage.Number("completion_tokens").ShouldBeGreaterThan(0);
        // What was sent of the recording: its silences are not.
        usage.Number("stt_seconds").ShouldBeInRange(0.5, events.One("transcript.done").Number("seconds"));
        string page = await stand.Gateway.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        page.ShouldContain("groqkit_gateway_voice_wait_duration_seconds_count{");
        page.ShouldContain("until=\"first_audio\"");
        page.ShouldContain("groqkit_gateway_voice_own_duration_seconds_count");
        foreach (
            string line in page.Split('\n')
                .Where(line => line.StartsWith("groqkit_gateway_unpriced_total", StringComparison.Ordinal))
        )
            line.ShouldEndWith(" 0");
    }

    [Fact]
    public async Task The_times_of_a_turn_hold_what_its_providers_took()
    {
        await using VoiceStand stand = await VoiceStand.StartAsync();
        byte[] question = await stand.SayAsync(Question);
        stand.First.Faults.Set("slow-headers:ms=300", model: VoiceStand.Hearing);
        stand.First.Faults.Set("slow-first-token:ms=200", model: VoiceStand.Answering);
        stand.First.Faults.Set("slow-headers:ms=250", model: VoiceStand.Speaking);

        List<JsonObject> events = await VoiceStand.ReadAsync(await stand.SendAsync(VoiceStand.Sound(question)));

        JsonObject timings = events.One("timings");
        double transcript = timings.Number("transcript_ms");
        double token = timings.Number("first_token_ms");
        double sentence = timings.Number("first_sentence_ms");
        double audio = timings.Number("first_audio_ms");
        // Figures are rounded, and a timer may be early by its tick.
        const double Tick = 2;
        transcript.ShouldBeGreaterThanOrEqualTo(300 - Tick);
        token.ShouldBeGreaterThanOrEqualTo(transcript + 200 - Tick);
        sentence.ShouldBeGreaterThanOrEqualTo(token);
        audio.ShouldBeGreaterThanOrEqualTo(sentence + 250 - Tick);
        timings.Number("total_ms").ShouldBeGreaterThanOrEqualTo(audio);
        timings.Number("waited_ms").ShouldBeInRange(750 - (3 * Tick), audio);
        timings.Number("own_ms").ShouldBe(audio - timings.Number("waited_ms"), 0.2);
        // An event has its time a moment before the clock of the turn is told of it.
        events.One("transcript.done").Number("t_ms").ShouldBeInRange(300 - Tick, timings.Number("total_ms") + Tick);
        events
            .Of("audio.delta")
            .First()
            .Number("t_ms")
            .ShouldBeInRange(750 - (3 * Tick), timings.Number("total_ms") + Tick);
        (events.Sound().Length / 48.0).ShouldBe(timings.Number("audio_ms"), 1);
        events.Of("audio.mark").Last().Number("end_ms").ShouldBe(timings.Number("audio_ms"), 1);
        UsageRecord turn;
        do turn = await stand.Gateway.Usage.NextAsync();
        while (turn.Operation != Operation.Voice);
        // What its stages wait for is not the gateway's own time, in the account of the turn either.
        (turn.Duration - turn.Overhead).TotalMilliseconds.ShouldBeGreaterThan(200 + 250);
    }

    [Fact]
    public async Task The_sound_of_all_sentences_joins_without_a_gap()
    {
        await using VoiceStand stand = await VoiceStand.StartAsync();

        List<JsonObject> events = await VoiceStand.ReadAsync(await stand.TypeAsync("Tell me a long story."));

        double end = 0;
        foreach (JsonObject delta in events.Of("audio.delta"))
        {
            delta.Number("offset_ms").ShouldBe(end, 0.2);
            end = delta.Number("offset_ms") + delta.Number("duration_ms");
        }
    }
}
