namespace GroqKit.Voice.Realtime;

/// <summary>The line to a caller of a realtime session: JSON objects both ways, for example over a WebSocket.</summary>
public interface IRealtimeConnection
{
    /// <summary>The next event of the caller, as UTF-8; null once it has left. Called by one reader.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken);

    /// <summary>Sends an event, as UTF-8. Not called twice at once.</summary>
    /// <param name="json">A JSON object.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    ValueTask SendAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken);
}
