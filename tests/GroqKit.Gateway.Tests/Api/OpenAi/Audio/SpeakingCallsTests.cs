using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;
using Microsoft.AspNetCore.Http;

namespace GroqKit.Gateway.Tests.Api.OpenAi.Audio;

[Requirement("GW-02")]
public sealed class SpeakingCallsTests
{
    private const string Call =
        """{"model":"canopylabs/orpheus-v1-english","input":"Hällo","voice":"troy","response_format":"wav"}""";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/v1/audio/speech")]
    [InlineData("/openai/v1/audio/speech")]
    public async Task Sound_passes_as_it_is_made_and_is_accounted(string path)
    {
        byte[] sound = Sounds.Wav(1.5);
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using RunningGateway gateway = await RunningGateway.StartAsync(async context =>
        {
            context.Response.ContentType = "audio/wav";
            await context.Response.Body.WriteAsync(sound.AsMemory(0, 10_000), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await first.Task;
            await context.Response.Body.WriteAsync(sound.AsMemory(10_000), context.RequestAborted);
        });

        using HttpResponseMessage answer = await gateway.PostJsonAsync(path, Call);
        await using Stream body = await answer.Content.ReadAsStreamAsync(Cancelled);
        byte[] heard = new byte[sound.Length];
        await body.ReadExactlyAsync(heard.AsMemory(0, 10_000), Cancelled);
        first.SetResult();
        await body.ReadExactlyAsync(heard.AsMemory(10_000), Cancelled);

        heard.ShouldBe(sound);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("audio/wav");
        gateway.Provider.Requests.ShouldHaveSingleItem().Text.ShouldBe(Call);
        UsageRecord record = await gateway.Usage.NextAsync();
        record.Operation.ShouldBe(Operation.Speech);
        record.Speech.Characters.ShouldBe(5);
        record.Speech.AudioOut.ShouldBe(TimeSpan.FromSeconds(1.5));
        record.Cost.ShouldBe(5m * 22 / 1_000_000);
        record.Outcome.ShouldBe(Outcome.Completed);
    }

    [Fact]
    public async Task Bare_samples_are_what_is_left_of_a_provider_that_makes_files_only()
    {
        byte[] sound = Sounds.Wav(0.5);
        sound[60] = 7;
        await using RunningGateway gateway = await RunningGateway.StartAsync(Sound("audio/wav", sound, piece: 7));

        using HttpResponseMessage answer = await gateway.PostJsonAsync(
            "/v1/audio/speech",
            Call.Replace("\"wav\"", "\"pcm\"")
        );

        (await answer.Content.ReadAsByteArrayAsync(Cancelled)).ShouldBe(sound[44..]);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("audio/pcm");
        ((string?)JsonNode.Parse(gateway.Provider.Requests[0].Text)!["response_format"]).ShouldBe("wav");
        (await gateway.Usage.NextAsync()).Speech.AudioOut.ShouldBe(TimeSpan.FromSeconds(0.5));
    }

    [Theory]
    [InlineData("mp3", "mp3_44100_128", "audio/mpeg", 0)]
    [InlineData("opus", "opus_48000_64", "audio/opus", 0)]
    [InlineData("pcm", "pcm_24000", "audio/pcm", 0)]
    [InlineData("wav", "pcm_24000", "audio/wav", 44)]
    public async Task Another_dialect_speaks_too(string format, string query, string type, int header)
    {
        byte[] sound = new byte[48_000];
        sound[0] = 9;
        await using LoopbackServer voices = await ScriptedProvider.StartAsync(Sound("audio/anything", sound, 5000));
        await using RunningGateway gateway = await StartWithVoicesAsync(voices, Answer.Json("{}", 500));

        using HttpResponseMessage answer = await gateway.PostJsonAsync(
            "/v1/audio/speech",
            $$"""{"model":"voices/eleven_v3","input":"Hi \"you\"","voice":{"id":"abc123"},"response_format":"{{format}}","speed":2,"instructions":"slowly","voice_settings":null,"seed":4}"""
        );

        byte[] heard = await answer.Content.ReadAsByteArrayAsync(Cancelled);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, Encoding.UTF8.GetString(heard));
        heard[header..].ShouldBe(sound);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        answer.Header("x-groqkit-dropped").ShouldBe("instructions, speed=1.2");
        RecordedRequest sent = voices.Requests.ShouldHaveSingleItem();
        sent.Target.ShouldBe($"/v1/text-to-speech/abc123/stream?output_format={query}");
        sent.Headers["xi-api-key"].ShouldBe("xi-secret");
        JsonNode body = JsonNode.Parse(sent.Text)!;
        ((string?)body["text"]).ShouldBe("Hi \"you\"");
        ((string?)body["model_id"]).ShouldBe("eleven_v3");
        ((int)body["seed"]!).ShouldBe(4);
        ((double)body["voice_settings"]!["speed"]!).ShouldBe(1.2);
        if (header > 0)
            Encoding.ASCII.GetString(heard, 0, 4).ShouldBe("RIFF");
        UsageRecord record = await gateway.Usage.NextAsync();
        record.Speech.Characters.ShouldBe(8);
        record.Speech.AudioOut.ShouldBe(
            format switch
            {
                "mp3" => TimeSpan.FromSeconds(3),
                "opus" => null,
                _ => TimeSpan.FromSeconds(1),
            }
        );
    }

    [Fact]
    public async Task Events_are_made_for_a_caller_whose_provider_sends_bare_sound()
    {
        byte[] sound = Sounds.Wav(0.25);
        await using RunningGateway gateway = await RunningGateway.StartAsync(Sound("audio/wav", sound, 3000));

        using HttpResponseMessage answer = await gateway.PostJsonAsync(
            "/v1/audio/speech",
            Call.Replace("\"voice\"", "\"stream_format\":\"sse\",\"voice\"")
        );

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        string[] events = (await answer.TextAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        byte[] heard =
        [
            .. events
                .Select(item => item["data: ".Length..])
                .Where(item => item.Contains("speech.audio.delta"))
                .SelectMany(item => Convert.FromBase64String((string)JsonNode.Parse(item)!["audio"]!)),
        ];
        heard.ShouldBe(sound);
        events[^2].ShouldContain("speech.audio.done");
        events[^1].ShouldBe("data: [DONE]");
        gateway.Provider.Requests[0].Text.ShouldNotContain("stream_format");
    }

    [Fact]
    public async Task An_agents_chain_speaks_when_its_first_provider_is_silent()
    {
        await using LoopbackServer voices = await ScriptedProvider.StartAsync(
            Answer.Json("""{"detail":{"status":"system_busy","message":"Busy."}}""", 429)
        );
        await using RunningGateway gateway = await StartWithVoicesAsync(
            voices,
            Sound("audio/wav", Sounds.Wav(0.1), 3000)
        );
        await gateway.PostAsync(
            "/api/agents",
            """{"name":"mouth","tts":{"provider":"voices","model":"eleven_v3","config":{"voice":"hannah"},"fallback":[{"provider":"groq","model":"canopylabs/orpheus-v1-english"}]}}"""
        );

        using HttpResponseMessage answer = await gateway.PostJsonAsync(
            "/v1/audio/speech",
            """{"input":"Hello","model":"agent/mouth"}"""
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
        answer.Header("x-groqkit-fallback").ShouldBe("voices/eleven_v3: rate_limit_exceeded");
        voices.Requests[0].Target.ShouldStartWith("/v1/text-to-speech/hannah/stream");
        JsonNode sent = JsonNode.Parse(gateway.Provider.Requests.ShouldHaveSingleItem().Text)!;
        ((string?)sent["voice"]).ShouldBe("hannah");
        ((string?)sent["model"]).ShouldBe("canopylabs/orpheus-v1-english");
        (await gateway.Usage.NextAsync()).Agent.ShouldBe("mouth");
    }

    [Fact]
    public async Task Sound_that_breaks_off_is_left_visibly_unfinished()
    {
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using RunningGateway gateway = await RunningGateway.StartAsync(async context =>
        {
            context.Response.ContentType = "audio/wav";
            await context.Response.Body.WriteAsync(Sounds.Wav(1).AsMemory(0, 9000), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await heard.Task;
            context.Abort();
        });

        using HttpResponseMessage answer = await gateway.PostJsonAsync("/v1/audio/speech", Call);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        heard.SetResult();
        (_, Exception? failure) = await answer.UntilBrokenAsync();

        failure.ShouldNotBeNull();
        UsageRecord record = await gateway.Usage.NextAsync();
        record.Outcome.ShouldBe(Outcome.UpstreamFailed);
        record.Speech.AudioOut.ShouldNotBeNull().ShouldBeInRange(TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(0.3));
    }

    [Theory]
    [InlineData(404, """{"detail":{"status":"voice_not_found","message":"No such voice."}}""", 400, "voice")]
    [InlineData(403, """{"detail":{"status":"invalid_output_format","message":"No."}}""", 400, "response_format")]
    [InlineData(422, """{"detail":[{"loc":["body","text"],"msg":"too short"}]}""", 400, "input")]
    [InlineData(401, """{"detail":{"status":"invalid_api_key","message":"Bad key xi-secret."}}""", 502, null)]
    [InlineData(500, "<html>", 502, null)]
    public async Task Another_dialects_errors_read_as_everybodys(int status, string body, int told, string? param)
    {
        await using LoopbackServer voices = await ScriptedProvider.StartAsync(Answer.Json(body, status));
        await using RunningGateway gateway = await StartWithVoicesAsync(voices, Answer.Json("{}", 500));

        using HttpResponseMessage answer = await gateway.PostJsonAsync(
            "/v1/audio/speech",
            """{"model":"voices/eleven_v3","input":"Hi","voice":"v"}"""
        );

        ((int)answer.StatusCode).ShouldBe(told);
        JsonObject error = await answer.ErrorAsync();
        ((string?)error["param"]).ShouldBe(param);
        error.ToJsonString().ShouldNotContain("xi-secret");
    }

    [Theory]
    [InlineData("""{"model":"m","voice":"v"}""", "input")]
    [InlineData("""{"model":"m","input":"","voice":"v"}""", "input")]
    [InlineData("""{"model":"m","input":["a"],"voice":"v"}""", "input")]
    [InlineData("""{"input":"a","voice":"v"}""", "model")]
    [InlineData("""{"model":"m","input":"a","voice":7}""", "voice")]
    [InlineData("""{"model":"voices/m","input":"a"}""", "voice")]
    [InlineData("""{"model":"voices/m","input":"a","voice":"../v"}""", "voice")]
    [InlineData("""{"model":"voices/m","input":"a","voice":{}}""", "voice.id")]
    [InlineData("""{"model":"voices/m","input":"a","voice":"v","response_format":"flac"}""", "response_format")]
    [InlineData("""{"model":"m","input":"a","voice":"v","speed":9}""", "speed")]
    [InlineData("""{"model":"m","input":"a","voice":"v","stream_format":"ws"}""", "stream_format")]
    public async Task A_wrong_field_is_named_and_nobody_is_asked(string body, string param)
    {
        await using LoopbackServer voices = await ScriptedProvider.StartAsync(Answer.Json("{}"));
        await using RunningGateway gateway = await StartWithVoicesAsync(voices, Answer.Json("{}"));

        using HttpResponseMessage answer = await gateway.PostJsonAsync("/v1/audio/speech", body);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)(await answer.ErrorAsync())["param"]).ShouldBe(param);
        voices.Requests.ShouldBeEmpty();
        gateway.Provider.Requests.ShouldBeEmpty();
    }

    private static RequestDelegate Sound(string type, byte[] sound, int piece) =>
        async context =>
        {
            context.Response.ContentType = type;
            for (int at = 0; at < sound.Length; at += piece)
            {
                await context.Response.Body.WriteAsync(
                    sound.AsMemory(at, Math.Min(piece, sound.Length - at)),
                    context.RequestAborted
                );
                if (at < 10 * piece)
                    await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        };

    private static async Task<RunningGateway> StartWithVoicesAsync(LoopbackServer voices, RequestDelegate groq)
    {
        RunningGateway gateway = await RunningGateway.StartAsync(groq);
        await gateway.PostAsync(
            "/api/providers",
            $$"""{"name":"voices","kind":"elevenlabs","baseUrl":"{{voices.Address}}","apiKey":"xi-secret"}"""
        );
        return gateway;
    }
}
