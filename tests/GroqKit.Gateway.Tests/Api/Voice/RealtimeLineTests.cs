using System.Net.WebSockets;
using System.Text;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Tests.Running;

namespace GroqKit.Gateway.Tests.Api.Voice;

/// <summary>A caller that is gone without a word is noticed, and its session ends.</summary>
[Requirement("GW-19")]
public sealed class RealtimeLineTests : IAsyncLifetime
{
    private const string Ask =
        """{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_text","text":"Tell me."}]}}""";

    private VoiceStand _stand = null!;

    public async ValueTask InitializeAsync() =>
        _stand = await VoiceStand.StartAsync(
            "--GroqKit:Realtime:PingInterval=100ms",
            "--GroqKit:Realtime:PingTimeout=200ms"
        );

    public ValueTask DisposeAsync() => _stand.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_half_open_line_is_noticed_and_ends_the_session_and_what_runs_for_it(bool asks)
    {
        await using RawConnection caller = await RawConnection.OpenAsync(_stand.Gateway.Address, receiveBuffer: 4096);
        await caller.SendAsync(
            $"GET /v1/realtime?model=agent/{VoiceStand.Agent} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {RunningGateway.Key}\r\n"
                + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + $"Sec-WebSocket-Key: {Convert.ToBase64String(new byte[16])}\r\n\r\n"
        );
        if (asks)
        {
            await caller.SendAsync(Frame(Ask));
            await caller.SendAsync(Frame("""{"type":"response.create"}"""));
        }

        // Nothing is read, and nothing answered, from now on.
        UsageRecord account;
        do account = await _stand.Gateway.Usage.NextAsync();
        while (account.Operation != Operation.Voice);

        account.Status.ShouldBe(101);
        await _stand.UntilIdleAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_gateway_that_stops_says_so_to_its_callers(bool asks)
    {
        // One that has time to answer pings: nobody reads them while the machine has no time for this test.
        await using VoiceStand stand = await VoiceStand.StartAsync();
        using RealtimeCaller caller = await RealtimeCaller.ConnectAsync(stand);
        if (asks)
        {
            await caller.SendAsync(Ask);
            await caller.SendAsync("""{"type":"response.create"}""");
            await caller.UntilAsync("response.created");
        }

        Task stopping = stand.Gateway.StopAsync();
        while (await caller.ReceiveAsync() is not null)
        {
            // What was on its way is still read.
        }

        caller.CloseStatus.ShouldBe(WebSocketCloseStatus.EndpointUnavailable);
        await stopping;
    }

    // Masked by nothing, as clients may.
    private static byte[] Frame(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        byte[] head =
            bytes.Length < 126
                ? [0x81, (byte)(0x80 | bytes.Length), 0, 0, 0, 0]
                : [0x81, 0x80 | 126, (byte)(bytes.Length >> 8), (byte)bytes.Length, 0, 0, 0, 0];
        return [.. head, .. bytes];
    }
}
