using System.Text.Json;

namespace GroqKit.Gateway.Services.Webhooks;

/// <summary>A delivery as the admin API shows it.</summary>
/// <param name="Id">Its name in addresses.</param>
/// <param name="MessageId">The message's webhook-id.</param>
/// <param name="Type">What happened.</param>
/// <param name="State">pending, delivered or failed.</param>
/// <param name="Attempts">How often it was sent.</param>
/// <param name="CreatedAt">When it happened.</param>
/// <param name="FinishedAt">When it was delivered or given up.</param>
/// <param name="Body">What is sent; in the list left out.</param>
/// <param name="Log">Every sending; in the list left out.</param>
internal sealed record DeliveryView(
    string Id,
    string MessageId,
    string Type,
    string State,
    int Attempts,
    DateTimeOffset CreatedAt,
    DateTimeOffset? FinishedAt,
    JsonElement? Body,
    IReadOnlyList<DeliveryAttempt>? Log
)
{
    public static DeliveryView Of(Delivery delivery) => Make(delivery, body: null, log: null);

    public static DeliveryView Of(Delivery delivery, IReadOnlyList<DeliveryAttempt> log)
    {
        using JsonDocument body = JsonDocument.Parse(delivery.Body);
        return Make(delivery, body.RootElement.Clone(), log);
    }

    private static DeliveryView Make(Delivery delivery, JsonElement? body, IReadOnlyList<DeliveryAttempt>? log) =>
        new(
            delivery.Id,
            delivery.EventId,
            delivery.Type,
            delivery.State,
            delivery.Attempts,
            delivery.CreatedAt,
            delivery.FinishedAt,
            body,
            log
        );
}
