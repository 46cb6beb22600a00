namespace GroqKit.Http;

/// <summary>Looks for output as the stream's reader will.</summary>
/// <param name="protocol">Used for nothing else.</param>
internal sealed class OutputProbe<TPiece>(IEventProtocol<TPiece> protocol) : IOutputProbe
    where TPiece : class
{
    public bool Sees(string eventType, ReadOnlySpan<byte> data)
    {
        TPiece? piece = protocol.Parse(eventType, data);
        bool isOutput = piece is not null && protocol.Add(piece);
        return isOutput || protocol.IsDone || protocol.Failure is not null;
    }
}
