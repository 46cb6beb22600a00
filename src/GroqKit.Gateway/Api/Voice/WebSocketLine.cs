using System.Buffers;
using System.Net.WebSockets;
using GroqKit.Voice.Realtime;

namespace GroqKit.Gateway.Api.Voice;

/// <summary>A realtime session's line over a WebSocket: one text message is one event.</summary>
/// <param name="socket">The socket; it stays its owner's.</param>
/// <param name="patience">A caller that takes nothing for so long is gone.</param>
/// <param name="time">The clock.</param>
internal sealed class WebSocketLine(WebSocket socket, TimeSpan patience, TimeProvider time)
    : IRealtimeConnection,
        IDisposable
{
    // 15 MiB of base64 is what the protocol allows in one event, and some more around it.
    private const int LongestMessage = 21 * 1024 * 1024;
    private const int Piece = 16 * 1024;

    // A session keeps memory for usual events, not for the largest that ever came.
    private const int MostKept = 256 * 1024;

    private ArrayBufferWriter<byte> _message = new(Piece);
    private readonly ITimer _patience = time.CreateTimer(
        static state => ((WebSocket)state!).Abort(),
        socket,
        Timeout.InfiniteTimeSpan,
        Timeout.InfiniteTimeSpan
    );

    private bool _isRefused;

    /// <summary>Nothing is taken from the caller from now on.</summary>
    public void Refuse() => _isRefused = true;

    public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken)
    {
        if (_message.Capacity > MostKept)
            _message = new ArrayBufferWriter<byte>(Piece);
        _message.ResetWrittenCount();
        while (socket.State == WebSocketState.Open && !_isRefused)
        {
            ValueWebSocketReceiveResult received;
            try
            {
                received = await TakeAsync(cancellationToken);
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
        cancellationToken.ThrowIfCancellationRequested();
        if (socket.State != WebSocketState.Open)
            return;
        ValueTask sending = socket.SendAsync(
            json,
            WebSocketMessageType.Text,
            endOfMessage: true,
            CancellationToken.None
        );
        if (sending.IsCompletedSuccessfully)
            return;
        // Pings don't tell: who answers them may still take nothing else.
        _patience.Change(patience, Timeout.InfiniteTimeSpan);
        try
        {
            await sending;
        }
        finally
        {
            _patience.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _patience.Dispose();

    // A socket whose wait is cancelled is broken, and could not say any more why it closes.
    private ValueTask<ValueWebSocketReceiveResult> TakeAsync(CancellationToken cancellationToken)
    {
        ValueTask<ValueWebSocketReceiveResult> receiving = socket.ReceiveAsync(
            _message.GetMemory(Piece),
            CancellationToken.None
        );
        return receiving.IsCompleted ? receiving : new(receiving.AsTask().WaitAsync(cancellationToken));
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
