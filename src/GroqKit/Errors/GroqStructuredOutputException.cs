using System.Net;
using GroqKit.Chat;

namespace GroqKit;

/// <summary>The model answered, but not with the type that was asked for. What it wrote is kept.</summary>
/// <param name="reason">Why the answer cannot be used.</param>
/// <param name="message">What went wrong.</param>
/// <param name="text">What the model wrote; may be empty.</param>
/// <param name="completion">The answer; null when a bare text was read.</param>
/// <param name="innerException">The original error.</param>
public sealed class GroqStructuredOutputException(
    StructuredOutputFailure reason,
    string message,
    string text,
    ChatCompletion? completion = null,
    Exception? innerException = null
) : GroqException(message, DetailsOf(reason, text, completion), innerException)
{
    /// <summary>Why the answer cannot be used.</summary>
    public StructuredOutputFailure Reason { get; } = reason;

    /// <summary>What the model wrote; may be empty.</summary>
    public string Text { get; } = text;

    /// <summary>The answer; null when a bare text was read.</summary>
    public ChatCompletion? Completion { get; } = completion;

    // The code is the one that Groq has for the same thing; an answer that was cut would be cut again.
    private static ErrorDetails DetailsOf(StructuredOutputFailure reason, string text, ChatCompletion? completion) =>
        new()
        {
            Status = completion?.Metadata is { Attempts: > 0 } metadata ? metadata.Status : default(HttpStatusCode?),
            RequestId = completion?.Metadata.RequestId,
            Code = reason == StructuredOutputFailure.Truncated ? null : "output_parse_failed",
            IsRetryable = reason != StructuredOutputFailure.Truncated,
            FailedGeneration = text,
        };
}
