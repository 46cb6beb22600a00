using System.Net;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Tests.Running;

namespace GroqKit.Gateway.Tests.Api.Voice;

/// <summary>What a caller of the Realtime protocol does wrong is told in an event, and the session goes on; what is no event ends it.</summary>
[Requirement("GW-19")]
public sealed class RealtimeInputTests : IAsyncLifetime
{
    private static readonly TimeSpan SafetyTimeout = TimeSpan.FromSeconds(30);

    private VoiceStand _stand = null!;

    public async ValueTask InitializeAsync() => _stand = await VoiceStand.StartAsync();

    public ValueTask DisposeAsync() => _stand.DisposeAsync();

    [Theory]
    [InlineData("""{"type":"make.tea","event_id":"e1"}""", "unknown_event", "type")]
    [InlineData("""{"event_id":"e1"}""", "missing_required_parameter", "type")]
    [InlineData("""{"type":"input_audio_buffer.append","event_id":"e1","audio":"***"}""", null, "audio")]
    [InlineData("""{"type":"input_audio_buffer.append","event_id":"e1"}""", "missing_required_parameter", "audio")]
    [InlineData("""{"type":"input_audio_buffer.commit","event_id":"e1"}""", "input_audio_buffer_commit_empty", null)]
    [InlineData("""{"type":"response.cancel","event_id":"e1"}""", "response_cancel_not_active", null)]
    [InlineData("""{"type":"session.update","event_id":"e1","session":{"audio":"x"}}""", null, "session.audio")]
    public async Task A_wrong_event_is_one_error_and_the_session_goes_on(string sent, string? code, string? param)
    {
        using RealtimeCaller caller = await RealtimeCaller.ConnectAsync(_stand);

        await caller.SendAsync(sent);
        JsonObject error = (await caller.NextAsync())["error"]!.AsObject();

        if (code is not null)
            error.Text("code").ShouldBe(code);
        error["param"]?.GetValue<string>().ShouldBe(param);
        error.Text("event_id").ShouldBe("e1");
        await ShouldGoOnAsync(caller);
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("[1,2]")]
    [InlineData("\"text\"")]
    [InlineData("")]
    public async Task What_is_no_event_is_one_error(string sent)
    {
        using RealtimeCaller caller = await RealtimeCaller.ConnectAsync(_stand);

        await caller.SendAsync(sent);

        (await caller.NextAsync())["error"]!["code"]!.GetValue<string>().ShouldBe("invalid_json");
        await ShouldGoOnAsync(caller);
    }

    [Fact]
    public async Task A_frame_of_64_megabytes_ends_the_session_and_nothing_else()
    {
        using RealtimeCaller caller = await RealtimeCaller.ConnectAsync(_stand);
        byte[] large = new byte[64 * 1024 * 1024];
        large.AsSpan().Fill((byte)' ');

        // The gateway may close while it is still being sent.
        Task sending = caller.SendAsync(large);
        (await caller.ReceiveAsync()).ShouldBeNull();

        caller.CloseStatus.ShouldBe(WebSocketCloseStatus.MessageTooBig);
        caller.CloseReason.ShouldNotBeNullOrEmpty();
        await sending.ContinueWith(static _ => { }, TaskScheduler.Default).WaitAsync(SafetyTimeout);
        using RealtimeCaller next = await RealtimeCaller.ConnectAsync(_stand);
        await ShouldGoOnAsync(next);
    }

    [Fact]
    public async Task A_binary_message_ends_the_session()
    {
        using RealtimeCaller caller = await RealtimeCaller.ConnectAsync(_stand);

        await caller.SendAsync(new byte[10], WebSocketMessageType.Binary);
        (await caller.ReceiveAsync()).ShouldBeNull();

        caller.CloseStatus.ShouldBe(WebSocketCloseStatus.InvalidMessageType);
    }

    [Theory]
    [InlineData("", "upgrade")]
    [InlineData("?model=agent/talker", "upgrade")]
    public async Task Without_a_socket_it_is_an_error(string query, string param)
    {
        using HttpResponseMessage answer = await _stand.Gateway.Client.GetAsync(
            "/v1/realtime" + query,
            TestContext.Current.CancellationToken
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.ErrorAsync()).Text("param").ShouldBe(param);
    }

    private static async Task ShouldGoOnAsync(RealtimeCaller caller)
    {
        await caller.SendAsync("""{"type":"session.update","session":{"instructions":"Be kind."}}""");
        (await caller.NextAsync()).TypeOf().ShouldBe("session.updated");
    }
}
