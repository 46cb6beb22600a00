using System.Net;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Tests.Running;
using GroqKit.Simulator.Hosting;

namespace GroqKit.Gateway.Tests.Api.Voice;

/// <summary>Sessions that the gateway ends itself: because it stops, or because their key is worth nothing any more.</summary>
[Requirement("GW-19", "GW-09")]
public sealed class RealtimeEndTests : IAsyncLifetime
{
    private const string Ask =
        """{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_text","text":"Tell me."}]}}""";
    private const string Create = """{"type":"response.create","response":{"output_modalities":["text"]}}""";

    // Far longer than a test waits for anything.
    private const string Grace = "--GroqKit:Shutdown:Grace=10m";

    private readonly ManualTimeProvider _time = new();
    private VoiceStand _stand = null!;

    public async ValueTask InitializeAsync()
    {
        _stand = await VoiceStand.StartAsync(new SimulatorOptions { TokensPerSecond = 50 }, _time, Grace);
        await _stand.LetWriteAsync(string.Concat(Enumerable.Repeat("This is said to its end. ", 5)));
    }

    public ValueTask DisposeAsync() => _stand.DisposeAsync();

    [Fact]
    public async Task A_gateway_that_stops_closes_sessions_that_do_nothing_at_once()
    {
        using RealtimeCaller fresh = await RealtimeCaller.ConnectAsync(_stand);
        using RealtimeCaller answered = await RealtimeCaller.ConnectAsync(_stand);
        await AskAsync(answered);
        await answered.UntilAsync("response.done");

        Task stopping = _stand.Gateway.StopAsync();

        foreach (RealtimeCaller caller in (RealtimeCaller[])[fresh, answered])
        {
            (await caller.ReceiveAsync()).ShouldBeNull();
            caller.CloseStatus.ShouldBe(WebSocketCloseStatus.EndpointUnavailable);
            caller.CloseReason.ShouldBe("The gateway stops; connect again.");
        }
        await stopping;
    }

    [Fact]
    public async Task A_gateway_that_stops_lets_an_answer_end_and_closes_its_session_then()
    {
        using RealtimeCaller caller = await RealtimeCaller.ConnectAsync(_stand);
        await AskAsync(caller);
        await caller.UntilAsync("response.output_text.delta");

        Task stopping = _stand.Gateway.StopAsync();

        JsonObject done = await caller.UntilAsync("response.done");
        done["response"]!.AsObject().Text("status").ShouldBe("completed");
        (await caller.ReceiveAsync()).ShouldBeNull();
        caller.CloseStatus.ShouldBe(WebSocketCloseStatus.EndpointUnavailable);
        await stopping;
    }

    [Fact]
    public async Task A_session_whose_key_is_revoked_is_told_and_closed_though_its_caller_only_listens()
    {
        (string id, string key) = await NewKeyAsync("""{"name":"guest","role":"caller"}""");
        using RealtimeCaller guest = await RealtimeCaller.ConnectAsync(_stand, key: key);
        using RealtimeCaller other = await RealtimeCaller.ConnectAsync(_stand);

        (await _stand.Gateway.AdminAsync(HttpMethod.Delete, $"/api/keys/{id}", "")).Status.ShouldBe(
            HttpStatusCode.NoContent
        );

        await RefusedAsync(guest, "invalid_api_key");
        await AskAsync(other);
        await other.UntilAsync("response.done");
    }

    [Fact]
    public async Task An_answer_of_a_session_whose_key_is_revoked_is_told_to_its_end()
    {
        (string id, string key) = await NewKeyAsync("""{"name":"guest","role":"caller"}""");
        using RealtimeCaller guest = await RealtimeCaller.ConnectAsync(_stand, key: key);
        await AskAsync(guest);
        await guest.UntilAsync("response.output_text.delta");

        await _stand.Gateway.AdminAsync(HttpMethod.Delete, $"/api/keys/{id}", "");

        JsonObject done = await guest.UntilAsync("response.done");
        done["response"]!.AsObject().Text("status").ShouldBe("completed");
        await RefusedAsync(guest, "invalid_api_key");
    }

    [Fact]
    public async Task A_session_whose_key_expires_ends_with_its_next_answer()
    {
        (_, string key) = await NewKeyAsync(
            $$"""{"name":"guest","role":"caller","expiresAt":"{{_time.GetUtcNow().AddHours(1):O}}"}"""
        );
        using RealtimeCaller guest = await RealtimeCaller.ConnectAsync(_stand, key: key);

        _time.Advance(TimeSpan.FromHours(2));
        await AskAsync(guest);

        await guest.UntilAsync("conversation.item.done");
        await RefusedAsync(guest, "expired_api_key");
    }

    private static async Task RefusedAsync(RealtimeCaller caller, string code)
    {
        JsonObject error = await caller.NextAsync();
        error.TypeOf().ShouldBe("error");
        error["error"]!.AsObject().Text("code").ShouldBe(code);
        (await caller.ReceiveAsync()).ShouldBeNull();
        caller.CloseStatus.ShouldBe(WebSocketCloseStatus.PolicyViolation);
        caller.CloseReason.ShouldBe("The key is not valid any more.");
    }

    private async Task<(string Id, string Key)> NewKeyAsync(string body)
    {
        AdminAnswer made = await _stand.Gateway.PostAsync("/api/keys", body);
        return (made.Text("id"), made.Text("key"));
    }

    private static async Task AskAsync(RealtimeCaller caller)
    {
        await caller.SendAsync(Ask);
        await caller.SendAsync(Create);
    }
}
