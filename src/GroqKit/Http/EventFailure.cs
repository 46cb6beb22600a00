using System.Text;
using GroqKit.Errors;

namespace GroqKit.Http;

/// <summary>What broke a stream.</summary>
internal sealed record EventFailure(
    StreamFailure Reason,
    string Message,
    WireError? Error = null,
    Exception? Cause = null,
    string? Body = null
)
{
    public static EventFailure InvalidUtf8() => new(StreamFailure.InvalidUtf8, "A piece of the stream is not UTF-8.");

    public static EventFailure Malformed(Exception cause) =>
        new(StreamFailure.Malformed, "A piece of the stream is not the expected JSON.", Cause: cause);

    /// <summary>An error object within the stream.</summary>
    public static EventFailure Server(ReadOnlySpan<byte> data)
    {
        WireError? error = WireError.TryParse(data.ToArray());
        return new EventFailure(
            StreamFailure.ServerError,
            error?.Message ?? "The server reported an error within the stream.",
            error,
            Body: Encoding.UTF8.GetString(data)
        );
    }
}
