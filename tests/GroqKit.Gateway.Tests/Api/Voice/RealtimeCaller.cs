using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Tests.Running;

namespace GroqKit.Gateway.Tests.Api.Voice;

/// <summary>A caller of the Realtime protocol who may send what it likes.</summary>
internal sealed class RealtimeCaller : IDisposable
{
    private static readonly TimeSpan SafetyTimeout = TimeSpan.FromSeconds(30);

    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[64 * 1024];

    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public string? CloseReason => _socket.CloseStatusDescription;

    /// <summary>Opens a session with the stand's agent.</summary>
    public static async Task<RealtimeCaller> ConnectAsync(VoiceStand stand, string? origin = null)
    {
        var caller = new RealtimeCaller();
        caller._socket.Options.SetRequestHeader("Authorization", $"Bearer {RunningGateway.Key}");
        if (origin is not null)
            caller._socket.Options.SetRequestHeader("Origin", origin);
        Uri address = new UriBuilder(stand.Gateway.Address)
        {
            Scheme = "ws",
            Path = "/v1/realtime",
            Query = $"model=agent/{VoiceStand.Agent}",
        }.Uri;
        await caller._socket.ConnectAsync(address, TestContext.Current.CancellationToken);
        (await caller.NextAsync()).TypeOf().ShouldBe("session.created");
        return caller;
    }

    public Task SendAsync(string message) => SendAsync(Encoding.UTF8.GetBytes(message));

    public async Task SendAsync(byte[] message, WebSocketMessageType type = WebSocketMessageType.Text) =>
        await _socket.SendAsync(message.AsMemory(), type, endOfMessage: true, TestContext.Current.CancellationToken);

    /// <summary>The next event.</summary>
    public async Task<JsonObject> NextAsync() => (await ReceiveAsync()).ShouldNotBeNull($"closed: {CloseReason}");

    /// <summary>The next event; null at the end.</summary>
    public async Task<JsonObject?> ReceiveAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(SafetyTimeout);
        var message = new MemoryStream();
        WebSocketReceiveResult received;
        do
        {
            received = await _socket.ReceiveAsync(_buffer, limit.Token);
            if (received.MessageType == WebSocketMessageType.Close)
                return null;
            message.Write(_buffer, 0, received.Count);
        } while (!received.EndOfMessage);
        return JsonNode.Parse(message.ToArray())!.AsObject();
    }

    /// <summary>Goes without a word.</summary>
    public void Leave() => _socket.Abort();

    public void Dispose() => _socket.Dispose();
}
