using System.Net;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Tests.Running;
using GroqKit.Simulator.Hosting;
using RecordedRequest = GroqKit.Simulator.Requests.RecordedRequest;

namespace GroqKit.Gateway.Tests.Api.Voice;

/// <summary>A chain of providers whose voices have nothing in common speaks whoever of them answers.</summary>
[Requirement("GW-04", "GW-19")]
public sealed class VoiceChainTests : IAsyncLifetime
{
    private const string Id = "21m00Tcm4TlvDq8ikWAM";
    private const string Model = "eleven_flash_v2_5";
    private const string Tts = $"/api/agents/{VoiceStand.Agent}/providers/tts";

    private VoiceStand _stand = null!;

    public async ValueTask InitializeAsync()
    {
        _stand = await VoiceStand.StartAsync();
        AdminAnswer made = await _stand.Gateway.PostAsync(
            "/api/providers",
            $$"""{"name":"voices","kind":"elevenlabs","baseUrl":"{{new Uri(
                _stand.First.BaseAddress,
                "sim/elevenlabs/v1"
            )}}","apiKey":"xi-secret-of-voices"}"""
        );
        made.Status.ShouldBe(HttpStatusCode.Created);
    }

    public ValueTask DisposeAsync() => _stand.DisposeAsync();

    [Theory]
    // Each its own.
    [InlineData("""{"voice":"21m00Tcm4TlvDq8ikWAM"}""", ""","config":{"voice":"hannah"}""", "", "hannah")]
    // What is known to be no voice of the model is not sent to it, so that the usual one speaks.
    [InlineData("""{"voice":"21m00Tcm4TlvDq8ikWAM"}""", "", "", "autumn")]
    [InlineData("""{"voice":{"id":"21m00Tcm4TlvDq8ikWAM"}}""", "", "", "autumn")]
    // One that the model has stays, unless it is taken away.
    [InlineData("""{"voice":"troy"}""", "", "", "troy")]
    [InlineData("""{"voice":"troy"}""", ""","config":{"voice":null}""", "", "autumn")]
    // A voice that a caller names is one of whom it asks first.
    [InlineData("{}", ""","config":{"voice":"hannah"}""", "?voice=21m00Tcm4TlvDq8ikWAM", "hannah")]
    [InlineData("{}", "", "?voice=21m00Tcm4TlvDq8ikWAM", "autumn")]
    [InlineData("{}", "", "?voice=diana", "diana")]
    public async Task A_turn_that_falls_back_from_ElevenLabs_to_Groq_is_spoken_by_a_voice_of_Groqs(
        string config,
        string own,
        string query,
        string voice
    )
    {
        await SetAsync(
            $$"""{"provider":"voices","model":"{{Model}}","config":{{config}},"fallback":[{"provider":"second","model":"{{VoiceStand.Speaking}}"{{own}}}]}"""
        );
        _stand.First.Faults.Set("500", model: Model);

        List<JsonObject> events = await VoiceStand.ReadAsync(await _stand.TypeAsync("Tell me.", query));

        events.Outcome().ShouldBe("completed");
        SpokenBy(_stand.Second).ShouldNotBeEmpty();
        SpokenBy(_stand.Second).ShouldAllBe(request => Voice(request) == voice);
    }

    [Fact]
    public async Task The_first_of_the_chain_has_the_voice_of_the_agent()
    {
        await SetAsync(
            $$"""{"provider":"voices","model":"{{Model}}","config":{"voice":"{{Id}}"},"fallback":[{"provider":"second","model":"{{VoiceStand.Speaking}}","config":{"voice":"hannah"} }]}"""
        );

        (await VoiceStand.ReadAsync(await _stand.TypeAsync("Tell me."))).Outcome().ShouldBe("completed");

        RecordedRequest[] spoken = [.. _stand.First.Requests.Where(request => request.Model == Model)];
        spoken.ShouldNotBeEmpty();
        spoken.ShouldAllBe(request => request.Path.Contains(Id, StringComparison.Ordinal));
        SpokenBy(_stand.Second).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "troy")]
    [InlineData("?voice=diana", "diana")]
    public async Task A_turn_that_falls_back_from_Groq_to_ElevenLabs_is_spoken_by_the_voice_that_is_named_there(
        string query,
        string first
    )
    {
        await SetAsync(
            $$"""{"provider":"second","model":"{{VoiceStand.Speaking}}","config":{"voice":"troy"},"fallback":[{"provider":"voices","model":"{{Model}}","config":{"voice":"{{Id}}"} }]}"""
        );
        _stand.Second.Faults.Set("500", model: VoiceStand.Speaking);

        List<JsonObject> events = await VoiceStand.ReadAsync(await _stand.TypeAsync("Tell me.", query));

        events.Outcome().ShouldBe("completed");
        SpokenBy(_stand.Second).ShouldAllBe(request => Voice(request) == first);
        _stand
            .First.Requests.Where(request => request.Model == Model)
            .ShouldAllBe(request => request.Path.Contains(Id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_is_answered_by_another_voice_is_told()
    {
        await SetAsync(
            $$"""{"provider":"voices","model":"{{Model}}","fallback":[{"provider":"second","model":"{{VoiceStand.Speaking}}","config":{"voice":"hannah","speed":1.1} }]}"""
        );
        _stand.First.Faults.Set("500", model: Model);

        using HttpResponseMessage answer = await _stand.Gateway.PostJsonAsync(
            "/v1/audio/speech",
            $$"""{"model":"agent/{{VoiceStand.Agent}}","input":"Hello.","voice":"{{Id}}","response_format":"wav"}"""
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
        answer.Header("x-groqkit-provider").ShouldBe("second");
        answer.Header("x-groqkit-dropped").ShouldBe("voice");
        JsonNode sent = JsonNode.Parse(SpokenBy(_stand.Second).Single().BodyText)!;
        sent["voice"]!.GetValue<string>().ShouldBe("hannah");
        sent["speed"]!.GetValue<double>().ShouldBe(1.1);
    }

    [Theory]
    [InlineData("canopylabs/orpheus-v1-english", "autumn")]
    [InlineData("canopylabs/orpheus-arabic-saudi", "fahad")]
    public async Task The_usual_voice_is_one_of_the_models(string model, string voice)
    {
        using HttpResponseMessage answer = await _stand.Gateway.PostJsonAsync(
            "/v1/audio/speech",
            $$"""{"model":"second/{{model}}","input":"Hello.","response_format":"wav"}"""
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        Voice(SpokenBy(_stand.Second).Single()).ShouldBe(voice);
    }

    [Fact]
    public async Task A_voice_that_the_first_does_not_have_stays_the_callers_mistake()
    {
        using HttpResponseMessage answer = await _stand.Gateway.PostJsonAsync(
            "/v1/audio/speech",
            $$"""{"model":"agent/{{VoiceStand.Agent}}","input":"Hello.","voice":"nobody","response_format":"wav"}"""
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private async Task SetAsync(string settings)
    {
        AdminAnswer set = await _stand.Gateway.PutAsync(Tts, settings);
        set.Status.ShouldBe(HttpStatusCode.OK, set.Body.ToJsonString());
    }

    private static RecordedRequest[] SpokenBy(SimulatorServer server) =>
        [.. server.Requests.Where(request => request.Path.EndsWith("/audio/speech", StringComparison.Ordinal))];

    private static string? Voice(RecordedRequest request) =>
        JsonNode.Parse(request.BodyText)!["voice"]?.GetValue<string>();
}
