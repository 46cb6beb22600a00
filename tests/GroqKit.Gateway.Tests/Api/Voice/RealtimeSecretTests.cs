using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Tests.Running;

namespace GroqKit.Gateway.Tests.Api.Voice;

/// <summary>A page gets from its own server what opens a session, and nothing else, and never sees a key.</summary>
[Requirement("GW-19", "GW-14")]
public sealed class RealtimeSecretTests : IAsyncLifetime
{
    private const string Path = "/v1/realtime/client_secrets";
    private const string Page = "https://shop.example";
    private const string Agent = "model=agent/" + VoiceStand.Agent;
    private const string Caller = """{"name":"page","role":"caller"}""";

    private static readonly string MasterKey =
        $"--GROQKIT_MASTER_KEY={Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}";

    private VoiceStand _stand = null!;

    public async ValueTask InitializeAsync() => _stand = await VoiceStand.StartAsync(MasterKey);

    public ValueTask DisposeAsync() => _stand.DisposeAsync();

    [Fact]
    public async Task A_page_talks_with_what_its_server_gave_it_from_anywhere()
    {
        string key = await _stand.Gateway.NewKeyAsync(Caller);
        AdminAnswer made = await _stand.Gateway.PostAsync(
            Path,
            $$$"""
            {"expires_after":{"anchor":"created_at","seconds":60},
             "session":{"type":"realtime","model":"agent/{{{VoiceStand.Agent}}}","instructions":"Be kind to “Zoë”.","output_modalities":["text"]}}
            """,
            key
        );

        made.Status.ShouldBe(HttpStatusCode.OK, made.Body.ToJsonString());
        made.Text("value").ShouldStartWith("ek_");
        made.Text("value").ShouldNotContain(key);
        double left = made["expires_at"]!.GetValue<long>() - TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        left.ShouldBeInRange(30, 60);
        JsonObject told = made["session"]!.AsObject();
        told.Text("object").ShouldBe("realtime.session");
        told.Text("instructions").ShouldBe("Be kind to “Zoë”.");
        told.Text("model").ShouldBe($"agent/{VoiceStand.Agent}");

        using RealtimeCaller page = await RealtimeCaller.ConnectPageAsync(_stand, made.Text("value"), "", Page);
        page.SubProtocol.ShouldBe("realtime");
        page.Session.Text("instructions").ShouldBe("Be kind to “Zoë”.");
        page.Session["output_modalities"]!.ToJsonString().ShouldBe("""["text"]""");
        await AskAsync(page);
        (await page.UntilAsync("response.done"))["response"]!.AsObject().Text("status").ShouldBe("completed");
    }

    [Fact]
    public async Task A_secret_opens_sessions_on_every_node_and_after_a_restart()
    {
        string secret = await SecretAsync("{}");
        await using VoiceStand other = await VoiceStand.StartAsync(MasterKey);
        await using VoiceStand stranger = await VoiceStand.StartAsync();

        using RealtimeCaller page = await RealtimeCaller.ConnectPageAsync(other, secret, Agent, Page);

        page.SubProtocol.ShouldBe("realtime");
        (await RefusedAsync(() => RealtimeCaller.ConnectPageAsync(stranger, secret, Agent, Page))).ShouldBe(
            HttpStatusCode.Unauthorized
        );
    }

    [Theory]
    [InlineData("GET", "/v1/models")]
    [InlineData("POST", "/v1/chat/completions")]
    [InlineData("POST", Path)]
    [InlineData("POST", VoiceStand.Path)]
    [InlineData("GET", "/api/keys")]
    public async Task A_secret_opens_nothing_else(string method, string path)
    {
        string secret = await SecretAsync("{}");

        AdminAnswer answer = await _stand.Gateway.AdminAsync(new HttpMethod(method), path, "{}", secret);

        answer.Status.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Body["error"]!.AsObject().Text("message").ShouldContain("/v1/realtime");
    }

    [Fact]
    public async Task A_secret_for_one_agent_is_for_no_other_model()
    {
        string secret = await SecretAsync($$$"""{"session":{"model":"agent/{{{VoiceStand.Agent}}}"}}""");

        (
            await RefusedAsync(() =>
                RealtimeCaller.ConnectPageAsync(_stand, secret, $"model={VoiceStand.Answering}", Page)
            )
        ).ShouldBe(HttpStatusCode.Forbidden);
        using RealtimeCaller page = await RealtimeCaller.ConnectPageAsync(_stand, secret, Agent, Page);
        page.Session.Text("model").ShouldBe($"agent/{VoiceStand.Agent}");
    }

    [Fact]
    public async Task A_secret_ends_with_its_key_and_so_does_a_session_that_it_opened()
    {
        AdminAnswer made = await _stand.Gateway.PostAsync("/api/keys", Caller);
        string secret = await SecretAsync("{}", made.Text("key"));
        using RealtimeCaller page = await RealtimeCaller.ConnectPageAsync(_stand, secret, Agent, Page);

        (await _stand.Gateway.AdminAsync(HttpMethod.Delete, $"/api/keys/{made.Text("id")}", "")).Status.ShouldBe(
            HttpStatusCode.NoContent
        );

        (await RefusedAsync(() => RealtimeCaller.ConnectPageAsync(_stand, secret, Agent, Page))).ShouldBe(
            HttpStatusCode.Unauthorized
        );
        JsonObject error = (await page.UntilAsync("error"))["error"]!.AsObject();
        error.Text("code").ShouldBe("invalid_api_key");
        (await page.ReceiveAsync()).ShouldBeNull();
        page.CloseStatus.ShouldBe(System.Net.WebSockets.WebSocketCloseStatus.PolicyViolation);
    }

    [Fact]
    public async Task A_secret_that_was_changed_or_made_up_opens_nothing()
    {
        string secret = await SecretAsync("{}");
        string[] wrong = ["ek_", "ek_x", secret[..^5], secret[..^1] + (secret[^1] == 'A' ? 'B' : 'A'), "ek_v2.a.b.c"];

        foreach (string text in wrong)
            (await RefusedAsync(() => RealtimeCaller.ConnectPageAsync(_stand, text, Agent, Page))).ShouldBe(
                HttpStatusCode.Unauthorized,
                text
            );
    }

    [Theory]
    [InlineData("[]", "invalid_json", null)]
    [InlineData("{", "invalid_json", null)]
    [InlineData("""{"session":{},"session":{}}""", "invalid_json", null)]
    [InlineData("""{"lifetime":5}""", "unknown_parameter", "lifetime")]
    [InlineData("""{"expires_after":{"minutes":5}}""", "unknown_parameter", "expires_after.minutes")]
    [InlineData("""{"expires_after":5}""", "invalid_value", "expires_after")]
    [InlineData("""{"expires_after":{"anchor":"last_used"}}""", "invalid_value", "expires_after.anchor")]
    [InlineData("""{"expires_after":{"seconds":9}}""", "invalid_value", "expires_after.seconds")]
    [InlineData("""{"expires_after":{"seconds":7201}}""", "invalid_value", "expires_after.seconds")]
    [InlineData("""{"expires_after":{"seconds":"60"}}""", "invalid_value", "expires_after.seconds")]
    [InlineData("""{"expires_after":{"seconds":60.5}}""", "invalid_value", "expires_after.seconds")]
    [InlineData("""{"session":[]}""", "invalid_value", "session")]
    [InlineData("""{"session":{"type":"transcription"}}""", "invalid_value", "session.type")]
    [InlineData("""{"session":{"instruction":"a"}}""", "unknown_parameter", "session.instruction")]
    [InlineData("""{"session":{"model":5}}""", "invalid_value", "session.model")]
    [InlineData("""{"session":{"model":"agent/nobody"}}""", "model_not_found", null)]
    [InlineData("""{"session":{"audio":{"output":{"speed":9}}}}""", "invalid_value", "session.audio.output.speed")]
    public async Task A_wrong_wish_is_one_error(string body, string code, string? param)
    {
        AdminAnswer answer = await _stand.Gateway.PostAsync(Path, body);

        ((int)answer.Status).ShouldBeInRange(400, 404);
        JsonObject error = answer.Body["error"]!.AsObject();
        error.Text("code").ShouldBe(code, error.ToJsonString());
        if (param is not null)
            error.Text("param").ShouldBe(param);
    }

    [Fact]
    public async Task Settings_that_do_not_pass_through_a_header_are_refused_and_those_that_do_pass()
    {
        string secret = await SecretAsync($$$"""{"session":{"instructions":"{{{new string('ß', 2_400)}}}"}}""");
        using RealtimeCaller page = await RealtimeCaller.ConnectPageAsync(_stand, secret, Agent, Page);
        page.Session.Text("instructions").Length.ShouldBe(2_400);

        AdminAnswer large = await _stand.Gateway.PostAsync(
            Path,
            $$$"""{"session":{"instructions":"{{{new string('a', 6_000)}}}"}}"""
        );

        large.Status.ShouldBe(HttpStatusCode.BadRequest);
        large.Body["error"]!.AsObject().Text("param").ShouldBe("session");
    }

    private static async Task AskAsync(RealtimeCaller page)
    {
        await page.SendAsync(
            """{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_text","text":"Tell me."}]}}"""
        );
        await page.SendAsync("""{"type":"response.create"}""");
    }

    private async Task<string> SecretAsync(string body, string? key = null)
    {
        AdminAnswer made = await _stand.Gateway.PostAsync(Path, body, key ?? RunningGateway.Key);
        made.Status.ShouldBe(HttpStatusCode.OK, made.Body.ToJsonString());
        return made.Text("value");
    }

    private static async Task<HttpStatusCode?> RefusedAsync(Func<Task<RealtimeCaller>> connect) =>
        (await Should.ThrowAsync<HttpRequestException>(connect)).StatusCode;
}
