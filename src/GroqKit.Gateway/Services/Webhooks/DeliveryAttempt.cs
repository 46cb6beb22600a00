namespace GroqKit.Gateway.Services.Webhooks;

/// <summary>One sending of a message.</summary>
/// <param name="At">When it was sent.</param>
/// <param name="Status">What the receiver answered; null when it didn't.</param>
/// <param name="Error">What went wrong, in a sentence; null when nothing did.</param>
/// <param name="DurationMs">How long the answer took.</param>
internal sealed record DeliveryAttempt(DateTimeOffset At, int? Status, string? Error, long DurationMs);
