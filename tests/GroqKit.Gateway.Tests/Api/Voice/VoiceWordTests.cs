using System.Net;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Tests.Running;
using GroqKit.Simulator.Hosting;

namespace GroqKit.Gateway.Tests.Api.Voice;

/// <summary>Turns that are spoken by a voice that tells when each word is heard.</summary>
[Requirement("GW-19")]
public sealed class VoiceWordTests : IAsyncLifetime
{
    private const string Voice = "21m00Tcm4TlvDq8ikWAM";
    private const string Model = "eleven_flash_v2_5";

    // Long enough to be spoken over.
    private static readonly SimulatorOptions Slow = new()
    {
        FirstToken = TimeSpan.FromMilliseconds(10),
        TokensPerSecond = 600,
    };

    private VoiceStand _stand = null!;

    public async ValueTask InitializeAsync()
    {
        _stand = await VoiceStand.StartAsync(Slow);
        AdminAnswer[] made =
        [
            await _stand.Gateway.PostAsync("/api/providers", Provider("voices", _stand.First)),
            await _stand.Gateway.PostAsync("/api/providers", Provider("spares", _stand.Second)),
            await _stand.Gateway.PutAsync(
                $"/api/agents/{VoiceStand.Agent}/providers/tts",
                $$"""{"provider":"voices","model":"{{Model}}","config":{"voice":"{{Voice}}"},"fallback":[{"provider":"spares","model":"{{Model}}"}]}"""
            ),
        ];
        made.ShouldAllBe(answer => (int)answer.Status < 300);
    }

    public ValueTask DisposeAsync() => _stand.DisposeAsync();

    [Fact]
    public async Task Every_word_is_marked_before_the_sound_in_which_it_begins()
    {
        List<JsonObject> events = await VoiceStand.ReadAsync(await _stand.TypeAsync("Tell me."));

        events.Outcome().ShouldBe("completed");
        double given = 0;
        double last = 0;
        foreach (JsonObject happened in events)
        {
            if (happened.TypeOf() == "audio.delta")
                given = happened.Number("offset_ms") + happened.Number("duration_ms");
            if (happened.TypeOf() != "audio.mark" || happened["word"] is null)
                continue;
            happened.Number("start_ms").ShouldBeGreaterThanOrEqualTo(Math.Max(given, last) - 0.2);
            happened.Number("end_ms").ShouldBeGreaterThanOrEqualTo(happened.Number("start_ms"));
            last = happened.Number("end_ms");
        }
        string.Join(' ', Words(events).Select(mark => mark.Text("word")))
            .ShouldBe(string.Join(' ', events.Sentences()));
        events.Of("audio.mark").Except(Words(events)).Count().ShouldBe(events.Sentences().Length);
        _stand
            .First.Requests.Last(request => request.Path.Contains("text-to-speech", StringComparison.Ordinal))
            .Path.ShouldContain("/stream/with-timestamps?");
    }

    [Fact]
    public async Task The_words_cost_nothing_and_the_sound_is_the_same()
    {
        List<JsonObject> events = await VoiceStand.ReadAsync(await _stand.TypeAsync("Tell me."));

        UsageRecord[] spoken = await SpeechAsync();
        spoken.Length.ShouldBe(events.Sentences().Length);
        spoken.ShouldAllBe(record => record.Cost > 0);
        // What the same sentences are to a caller of the route itself.
        var sound = new List<byte>();
        foreach (string sentence in events.Sentences())
        {
            using HttpResponseMessage answer = await _stand.Gateway.PostJsonAsync(
                "/v1/audio/speech",
                new JsonObject
                {
                    ["model"] = $"agent/{VoiceStand.Agent}",
                    ["input"] = sentence,
                    ["response_format"] = "pcm",
                }.ToJsonString()
            );
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            sound.AddRange(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
            _stand
                .First.Requests.Last(request => request.Path.Contains("text-to-speech", StringComparison.Ordinal))
                .Path.ShouldContain("/stream?");
        }
        events.Sound().ShouldBe(sound);
        // Sentences of a turn are spoken side by side, so that a later one may be over first.
        (await SpeechAsync())
            .Select(Account)
            .ShouldBe(spoken.Select(Account), ignoreOrder: true);
    }

    [Fact]
    public async Task What_was_heard_of_an_interrupted_turn_is_exact_by_its_words()
    {
        _stand.First.Faults.Set("bandwidth:bytes=800000", model: Model);
        var random = new Random(9);
        int interrupted = 0;
        for (int round = 0; round < 25; round++)
        {
            string turn = $"turn-{round}";
            using HttpResponseMessage answer = await _stand.TypeAsync("Tell me.", $"?turn={turn}");
            var events = new List<JsonObject>();
            int stopAfter = random.Next(1, 8);
            double part = random.NextDouble();
            double played = 0;
            await foreach (JsonObject happened in VoiceStand.EventsAsync(answer))
            {
                events.Add(happened);
                if (happened.TypeOf() != "audio.delta" || events.Of("audio.delta").Count() != stopAfter)
                    continue;
                played = Math.Floor(part * (happened.Number("offset_ms") + happened.Number("duration_ms")));
                using HttpResponseMessage told = await _stand.Gateway.PostJsonAsync(
                    $"{VoiceStand.Path}/{turn}/interrupt?played_ms={played}",
                    ""
                );
                told.StatusCode.ShouldBeOneOf(HttpStatusCode.NoContent, HttpStatusCode.NotFound);
            }
            if (events.Outcome() != "interrupted")
                continue;
            string heard = events.One("turn.interrupted").Text("heard_text");
            // Times are told to a tenth of a millisecond.
            Heard(events, played - 0.1).Length.ShouldBeLessThanOrEqualTo(heard.Length, $"{played} ms were played");
            Heard(events, played + 0.1).Length.ShouldBeGreaterThanOrEqualTo(heard.Length, $"{played} ms were played");
            string.Join(' ', events.Sentences()).ShouldStartWith(heard);
            interrupted += heard.Length > 0 ? 1 : 0;
        }
        interrupted.ShouldBeGreaterThan(5);
    }

    [Theory]
    [InlineData("500")]
    [InlineData("malformed")]
    [InlineData("empty")]
    // Within the first line of the first sentence.
    [InlineData("limit-data:bytes=20000")]
    public async Task Words_of_a_voice_that_breaks_off_before_its_sound_are_not_told(string fault)
    {
        _stand.First.Faults.Set(fault, count: 1, model: Model);

        List<JsonObject> events = await VoiceStand.ReadAsync(await _stand.TypeAsync("Tell me."));

        events.Outcome().ShouldBe("completed");
        JsonObject change = events.One("provider.switched");
        change.Text("from").ShouldBe($"voices/{Model}");
        change.Text("to").ShouldBe($"spares/{Model}");
        change.Text("reason").ShouldNotStartWith("gateway");
        string.Join(' ', Words(events).Select(mark => mark.Text("word")))
            .ShouldBe(string.Join(' ', events.Sentences()));
    }

    private static string Provider(string name, SimulatorServer server) =>
        $$"""{"name":"{{name}}","kind":"elevenlabs","baseUrl":"{{new Uri(server.BaseAddress, "sim/elevenlabs/v1")}}","apiKey":"xi-secret-of-{{name}}"}""";

    private async Task<UsageRecord[]> SpeechAsync()
    {
        var records = new List<UsageRecord>();
        while (_stand.Gateway.Usage.Waiting > 0)
            records.Add(await _stand.Gateway.Usage.NextAsync());
        return [.. records.Where(record => record.Operation == Operation.Speech)];
    }

    private static (string?, SpeechUsage, decimal?) Account(UsageRecord record) =>
        (record.Provider, record.Speech, record.Cost);

    private static string Heard(List<JsonObject> events, double played) =>
        string.Join(
            ' ',
            Words(events).Where(mark => mark.Number("end_ms") <= played).Select(mark => mark.Text("word"))
        );

    private static JsonObject[] Words(List<JsonObject> events) =>
        [.. events.Of("audio.mark").Where(mark => mark["word"] is not null)];
}
