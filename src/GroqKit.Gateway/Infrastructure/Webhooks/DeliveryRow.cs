using GroqKit.Gateway.Infrastructure.Database.Records;
using GroqKit.Gateway.Services.Webhooks;

namespace GroqKit.Gateway.Infrastructure.Webhooks;

/// <summary>A row of <c>webhook_deliveries</c> with its event.</summary>
internal sealed class DeliveryRow
{
    public string Id { get; init; } = "";

    public string TargetId { get; init; } = "";

    public string EventId { get; init; } = "";

    public string Type { get; init; } = "";

    public string Body { get; init; } = "";

    public string State { get; init; } = "";

    public long Attempts { get; init; }

    public long CreatedAt { get; init; }

    public long? FinishedAt { get; init; }

    public Delivery ToDelivery() =>
        new(Id, TargetId, EventId, Type, Body, State, (int)Attempts, Stored.Time(CreatedAt), Stored.Time(FinishedAt));
}
