namespace GroqKit.Gateway.Services.Webhooks;

/// <summary>What became of a message.</summary>
/// <param name="Status">The HTTP status; null when there was no answer.</param>
/// <param name="Error">Why not, in a sentence that doesn't tell open from closed ports.</param>
/// <param name="RetryAfter">What the receiver asked for.</param>
internal sealed record SendResult(int? Status, string? Error, TimeSpan? RetryAfter);
