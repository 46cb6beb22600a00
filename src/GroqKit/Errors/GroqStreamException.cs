using GroqKit.Chat;

namespace GroqKit;

/// <summary>A stream broke after it had begun. What arrived before is kept.</summary>
/// <param name="reason">How it broke.</param>
/// <param name="message">What went wrong.</param>
/// <param name="partial">What arrived before; null when nothing could be kept.</param>
/// <param name="details">What is known about it.</param>
/// <param name="innerException">
/// The original error; for an error sent by the server with a status, the kind that this status would have raised.
/// </param>
public sealed class GroqStreamException(
    StreamFailure reason,
    string message,
    GroqResponse? partial = null,
    ErrorDetails? details = null,
    Exception? innerException = null
) : GroqException(message, details, innerException)
{
    /// <summary>How the stream broke.</summary>
    public StreamFailure Reason { get; } = reason;

    /// <summary>
    /// What arrived before, as if it were the whole answer, of the type that the whole call would have returned.
    /// </summary>
    public GroqResponse? PartialAnswer { get; } = partial;

    /// <summary>What arrived of a chat; its finish reason is null unless it came. Null for other streams.</summary>
    public ChatCompletion? Partial => PartialAnswer as ChatCompletion;
}
