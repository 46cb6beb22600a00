using System.Buffers;
using System.Net.WebSockets;
using GroqKit.Voice.Realtime;

namespace GroqKit.Gateway.Api.Voice;

/// <summary>A realtime session's line over a WebSocket: one text message is one event.</summary>
internal sealed class WebSocketLine(WebSocket socket) : IRealtimeConnection
{
    // 15 MiB of base64 is what the protocol allows in one event, and some more around it.
    private const int LongestMessage = 21 * 1024 * 1024;
    private const int Piece = 16 * 1024;

    private readonly ArrayBufferWriter<byte> _message = new(Piece);

    public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken)
    {
        _message.Clear();
        while (socket.State == WebSocketState.Open)
        {
            ValueWebSocketReceiveResult received;
            try
            {
                received = await socket.ReceiveAsync(_message.GetMemory(Piece), cancellationToken);
            }
            catch (WebSocketException)
            {
                // Gone without a word, as clients do.
                return null;
            }
            if (received.MessageType == WebSocketMessageType.Close)
                return null;
            _message.Advance(received.Count);
            if (received.MessageType == WebSocketMessageType.Binary)
                return await RefuseAsync(
                    WebSocketCloseStatus.InvalidMessageType,
                    "Events are text messages.",
                    cancellationToken
                );
            if (_message.WrittenCount > LongestMessage)
                return await RefuseAsync(
                    WebSocketCloseStatus.MessageTooBig,
                    $"An event has at most {LongestMessage} bytes.",
                    cancellationToken
                );
            if (received.EndOfMessage)
                return _message.WrittenMemory;
        }
        return null;
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        if (socket.State == WebSocketState.Open)
            await socket.SendAsync(json, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
    }

    private async ValueTask<ReadOnlyMemory<byte>?> RefuseAsync(
        WebSocketCloseStatus status,
        string reason,
        CancellationToken cancellationToken
    )
    {
        await socket.CloseOutputAsync(status, reason, cancellationToken);
        return null;
    }
}
