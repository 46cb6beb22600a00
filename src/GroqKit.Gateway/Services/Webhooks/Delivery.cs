namespace GroqKit.Gateway.Services.Webhooks;

/// <summary>An event on its way to one target.</summary>
/// <param name="Id">Its name in addresses.</param>
/// <param name="TargetId">Where it goes.</param>
/// <param name="EventId">The message's <c>webhook-id</c>, the same in every attempt.</param>
/// <param name="Type">One of <see cref="EventTypes"/>.</param>
/// <param name="Body">What is sent.</param>
/// <param name="State">One of <see cref="DeliveryStates"/>.</param>
/// <param name="Attempts">How often it was sent.</param>
/// <param name="CreatedAt">When the event was told.</param>
/// <param name="FinishedAt">When it was delivered or given up.</param>
internal sealed record Delivery(
    string Id,
    string TargetId,
    string EventId,
    string Type,
    string Body,
    string State,
    int Attempts,
    DateTimeOffset CreatedAt,
    DateTimeOffset? FinishedAt
);
