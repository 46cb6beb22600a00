namespace GroqKit.Gateway.Services.Privacy;

/// <summary>One call on behalf of a caller's own user.</summary>
/// <param name="RequestId">Its <c>x-request-id</c>.</param>
/// <param name="StartedAt">When.</param>
/// <param name="Operation">What was asked for.</param>
/// <param name="Agent">The agent; null where a model was named.</param>
/// <param name="Model">The model.</param>
/// <param name="Conversation">The conversation that the caller says it belongs to.</param>
/// <param name="Request">What was asked, where that is kept.</param>
/// <param name="Answer">What was answered, where that is kept.</param>
internal sealed record EndUserCall(
    string RequestId,
    DateTimeOffset StartedAt,
    string Operation,
    string? Agent,
    string? Model,
    string? Conversation,
    string? Request,
    string? Answer
);
