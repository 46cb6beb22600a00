using GroqKit.Errors;

namespace GroqKit.Chat;

/// <summary>What broke a stream.</summary>
internal sealed record ChunkFailure(
    StreamFailure Reason,
    string Message,
    WireError? Error = null,
    Exception? Cause = null,
    string? Body = null
);
