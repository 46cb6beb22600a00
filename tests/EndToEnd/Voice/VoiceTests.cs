using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using GroqKit.Audio;
using GroqKit.EndToEnd.Running;
using OpenAI.Realtime;

namespace GroqKit.EndToEnd.Voice;

/// <summary>Spoken turns and realtime sessions against the gateway as a newcomer starts it.</summary>
[Requirement("GW-19", "GW-02")]
public sealed class VoiceTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>, IAsyncLifetime
{
    private const string Agent = "talker";

    private readonly HttpClient _http = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _http.BaseAddress = gateway.Address;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", GatewayFixture.Key);
        // The tests of the class share the gateway; the first makes the agent.
        using HttpResponseMessage made = await _http.PostAsJsonAsync("/api/agents", new { name = Agent }, Cancelled);
        if (made.StatusCode == HttpStatusCode.Conflict)
            return;
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        foreach (
            (string service, string model) in new[]
            {
                ("llm", "openai/gpt-oss-20b"),
                ("stt", "whisper-large-v3-turbo"),
                ("tts", "canopylabs/orpheus-v1-english"),
            }
        )
        {
            using HttpResponseMessage put = await _http.PutAsJsonAsync(
                $"/api/agents/{Agent}/providers/{service}",
                new { provider = "simulator", model },
                Cancelled
            );
            put.EnsureSuccessStatusCode();
        }
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_recording_is_answered_by_events_with_words_sound_cost_and_times()
    {
        string conversation = Guid.NewGuid().ToString("N");
        List<JsonElement> events = await TurnAsync(await SayAsync("What is the capital of France?"), conversation);

        events.Select(TypeOf).First().ShouldBe("turn.started");
        events.Select(TypeOf).Last().ShouldBe("turn.done");
        events[^1].GetProperty("outcome").GetString().ShouldBe("completed");
        Find(events, "transcript.done").GetProperty("text").GetString().ShouldNotBeNullOrEmpty();
        int samples = events
            .Where(e => TypeOf(e) == "audio.delta")
            .Sum(e => e.GetProperty("audio").GetBytesFromBase64().Length / 2);
        double heard = Find(events, "timings").GetProperty("audio_ms").GetDouble();
        (samples / 24.0).ShouldBe(heard, 1);
        Find(events, "timings").GetProperty("first_audio_ms").GetDouble().ShouldBeGreaterThan(0);

        JsonElement usage = Find(events, "usage");
        usage.GetProperty("cost").GetDouble().ShouldBeGreaterThan(0);
        string[] services =
        [
            .. usage.GetProperty("calls").EnumerateArray().Select(call => call.GetProperty("service").GetString()!),
        ];
        services.ShouldContain("stt");
        services.ShouldContain("llm");
        services.ShouldContain("tts");
    }

    [Fact]
    public async Task Every_stage_has_its_own_account_of_the_same_conversation()
    {
        string conversation = Guid.NewGuid().ToString("N");
        List<JsonElement> events = await TurnAsync(await SayAsync("Count me."), conversation);
        string[] calls =
        [
            .. Find(events, "usage")
                .GetProperty("calls")
                .EnumerateArray()
                .Select(call => call.GetProperty("request_id").GetString()!),
        ];

        foreach (string call in calls)
        {
            JsonElement item = await FindAccountAsync(call);
            item.GetProperty("agent").GetString().ShouldBe(Agent);
            item.GetProperty("conversation").GetString().ShouldBe(conversation);
        }
    }

    [Fact]
    public async Task Sound_alone_is_given_in_the_form_that_is_asked_for()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/agents/{Agent}/voice?format=wav_16000")
        {
            Content = JsonContent.Create(new { text = "Say something nice." }),
        };
        request.Headers.Accept.ParseAdd("audio/wav");
        using HttpResponseMessage answer = await _http.SendAsync(request, Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("audio/wav");
        answer.Headers.GetValues("x-groqkit-turn").ShouldHaveSingleItem();
        await using WavReader sound = await WavReader.OpenAsync(
            await answer.Content.ReadAsStreamAsync(Cancelled),
            cancellationToken: Cancelled
        );
        sound.Format.ShouldBe(WavFormat.Pcm16(16_000));
    }

    [Theory]
    [InlineData("audio/wav", "", 400, "empty_audio", "audio")]
    [InlineData("audio/wav", "I am a text.", 400, "unsupported_audio", "audio")]
    [InlineData("audio/pcm;rate=7", "0123456789", 400, "unsupported_audio", "audio")]
    [InlineData("application/json", "{}", 400, "missing_required_parameter", "text")]
    [InlineData("application/json", """{"text":" "}""", 400, "invalid_value", "text")]
    [InlineData("application/json", """{"text":"x","nice":"y"}""", 400, "unknown_parameter", "nice")]
    [InlineData("application/json", """{"text":"x","format":"mp3"}""", 400, "invalid_value", "format")]
    [InlineData("application/json", "text", 400, "invalid_json", null)]
    [InlineData("text/plain", "text", 400, "invalid_value", "content-type")]
    public async Task Bad_input_is_one_clear_error(string type, string body, int status, string code, string? param)
    {
        using var content = new StringContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using HttpResponseMessage answer = await _http.PostAsync($"/v1/agents/{Agent}/voice", content, Cancelled);

        JsonElement error = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("error");
        error.GetProperty("code").GetString().ShouldBe(code);
        error.GetProperty("param").GetString().ShouldBe(param);
        ((int)answer.StatusCode).ShouldBe(code == "unsupported_audio" ? 415 : status);
    }

    [Fact]
    public async Task The_official_realtime_client_talks_to_an_agent()
    {
        // Not by way of OpenAIClient, which of this version sends no key with a WebSocket.
        var client = new RealtimeClient(
            new System.ClientModel.ApiKeyCredential(GatewayFixture.Key),
            new RealtimeClientOptions { Endpoint = new Uri(gateway.Address, "v1") }
        );
        using RealtimeSessionClient session = await client.StartConversationSessionAsync(
            $"agent/{Agent}",
            cancellationToken: Cancelled
        );

        await session.ConfigureConversationSessionAsync(
            new RealtimeConversationSessionOptions { Instructions = "Be kind." },
            Cancelled
        );
        await session.AddItemAsync(RealtimeItem.CreateUserMessageItem("Hello, who are you?"), Cancelled);
        await session.StartResponseAsync(Cancelled);
        int bytes = 0;
        RealtimeResponse? response = null;
        await foreach (RealtimeServerUpdate update in session.ReceiveUpdatesAsync(Cancelled))
        {
            if (update is RealtimeServerUpdateError failed)
                throw new InvalidOperationException(failed.Error.Message);
            if (update is RealtimeServerUpdateResponseOutputAudioDelta delta)
                bytes += delta.Delta.ToMemory().Length;
            if (update is RealtimeServerUpdateResponseDone done)
            {
                response = done.Response;
                break;
            }
        }

        response!.Status.ShouldBe(RealtimeResponseStatus.Completed);
        bytes.ShouldBeGreaterThan(24_000);
        RealtimeMessageItem said = response.OutputItems.ShouldHaveSingleItem().ShouldBeOfType<RealtimeMessageItem>();
        said.Content.ShouldHaveSingleItem();
    }

    // Accounts are safe at once and in reports a moment later.
    private async Task<JsonElement> FindAccountAsync(string call)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            JsonElement page = await _http.GetFromJsonAsync<JsonElement>($"/api/usage?requestId={call}", limit.Token);
            if (page.GetProperty("items").GetArrayLength() > 0)
                return page.GetProperty("items")[0];
        }
    }

    private async Task<byte[]> SayAsync(string text)
    {
        using HttpResponseMessage spoken = await _http.PostAsJsonAsync(
            "/v1/audio/speech",
            new
            {
                model = $"agent/{Agent}",
                input = text,
                response_format = "wav",
            },
            Cancelled
        );
        spoken.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await spoken.Content.ReadAsByteArrayAsync(Cancelled);
    }

    private async Task<List<JsonElement>> TurnAsync(byte[] sound, string conversation)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(sound), "audio", "said.wav" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/agents/{Agent}/voice") { Content = form };
        request.Headers.Add("x-groqkit-conversation", conversation);
        using HttpResponseMessage answer = await _http.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            Cancelled
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var events = new List<JsonElement>();
        await foreach (
            SseItem<string> item in SseParser
                .Create(await answer.Content.ReadAsStreamAsync(Cancelled))
                .EnumerateAsync(Cancelled)
        )
            events.Add(JsonDocument.Parse(item.Data).RootElement);
        return events;
    }

    private static string TypeOf(JsonElement happened) => happened.GetProperty("type").GetString()!;

    private static JsonElement Find(List<JsonElement> events, string type) => events.Single(e => TypeOf(e) == type);
}
