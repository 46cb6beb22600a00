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

    public string? SubProtocol => _socket.SubProtocol;

    /// <summary>What the session was set to at its beginning.</summary>
    public JsonObject Session { get; private set; } = [];

    /// <summary>Opens a session with the stand's agent.</summary>
    public static Task<RealtimeCaller> ConnectAsync(
        VoiceStand stand,
        string? origin = null,
        string key = RunningGateway.Key
    ) => ConnectAsync(stand, $"model=agent/{VoiceStand.Agent}", origin, "Bearer " + key);

    /// <summary>Opens a session as a page does, which can send no key but among the protocols.</summary>
    public static Task<RealtimeCaller> ConnectPageAsync(VoiceStand stand, string secret, string query, string origin) =>
        ConnectAsync(stand, query, origin, null, "realtime", "openai-insecure-api-key." + secret);

    private static async Task<RealtimeCaller> ConnectAsync(
        VoiceStand stand,
        string query,
        string? origin,
        string? authorization,
        params string[] protocols
    )
    {
        var caller = new RealtimeCaller();
        if (authorization is not null)
            caller._socket.Options.SetRequestHeader("Authorization", authorization);
        if (origin is not null)
            caller._socket.Options.SetRequestHeader("Origin", origin);
        foreach (string protocol in protocols)
            caller._socket.Options.AddSubProtocol(protocol);
        caller._socket.Options.CollectHttpResponseDetails = true;
        Uri address = new UriBuilder(stand.Gateway.Address)
        {
            Scheme = "ws",
            Path = "/v1/realtime",
            Query = query,
        }.Uri;
        try
        {
            await caller._socket.ConnectAsync(address, TestContext.Current.CancellationToken);
        }
        catch (WebSocketException) when (caller._socket.HttpStatusCode != default)
        {
            using (caller)
                throw new HttpRequestException("refused", null, caller._socket.HttpStatusCode);
        }
        JsonObject created = await caller.NextAsync();
        created.TypeOf().ShouldBe("session.created");
        caller.Session = created["session"]!.AsObject();
        return caller;
    }

    public Task SendAsync(string message) => SendAsync(Encoding.UTF8.GetBytes(message));

    public async Task SendAsync(byte[] message, WebSocketMessageType type = WebSocketMessageType.Text) =>
        await _socket.SendAsync(message.AsMemory(), type, endOfMessage: true, TestContext.Current.CancellationToken);

    /// <summary>The next event.</summary>
    public async Task<JsonObject> NextAsync() => (await ReceiveAsync()).ShouldNotBeNull($"closed: {CloseReason}");

    /// <summary>Reads on until an event of a type comes.</summary>
    public async Task<JsonObject> UntilAsync(string type)
    {
        while (true)
        {
            JsonObject happened = await NextAsync();
            if (happened.TypeOf() == type)
                return happened;
        }
    }

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
