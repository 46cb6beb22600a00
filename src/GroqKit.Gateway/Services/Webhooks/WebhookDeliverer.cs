using System.Globalization;
using System.Text;
using System.Text.Json;
using GroqKit.Gateway.Services.Jobs;
using GroqKit.Gateway.Services.Secrets;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Webhooks;

/// <summary>
/// Sends a message to its target, until it has it or the schedule ends. Every attempt has the same id and a new time, so a receiver
/// that got it twice can tell.
/// </summary>
internal sealed class WebhookDeliverer(
    IRecordStore<WebhookTarget> targets,
    IDeliveryStore deliveries,
    WebhookSecrets secrets,
    IWebhookSender sender,
    DeliverySchedule schedule,
    TimeProvider time
) : IJobHandler
{
    public const string JobKind = "webhook.deliver";

    private const int Gone = 410;
    private const string GaveUp = "deliveries failed for three days";

    public string Kind => JobKind;

    /// <summary>The job that sends a delivery.</summary>
    public static JobRequest JobFor(string tenant, string deliveryId) =>
        new(tenant, JobKind, $$"""{"delivery":"{{deliveryId}}"}""") { MaxAttempts = DeliverySchedule.Attempts };

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken cancellationToken)
    {
        using JsonDocument payload = JsonDocument.Parse(job.Payload);
        string id = payload.RootElement.GetProperty("delivery").GetString()!;
        if (await deliveries.FindAsync(job.Tenant, id, cancellationToken) is not { } delivery)
            return JobOutcome.Done();
        if (await targets.FindAsync(job.Tenant, delivery.TargetId, cancellationToken) is not { } target)
            return JobOutcome.Done();
        if (target.DisabledReason is not null)
            return JobOutcome.Done(deliveries.Record(delivery, target, attempt: null, DeliveryStates.Failed));
        return await SendAsync(job, delivery, target, cancellationToken);
    }

    private async Task<JobOutcome> SendAsync(
        Job job,
        Delivery delivery,
        WebhookTarget target,
        CancellationToken cancellationToken
    )
    {
        DateTimeOffset now = time.GetUtcNow();
        long began = time.GetTimestamp();
        byte[] body = Encoding.UTF8.GetBytes(delivery.Body);
        SendResult result = await sender.SendAsync(
            target.Url,
            HeadersFor(delivery, target, now, body),
            body,
            cancellationToken
        );
        var attempt = new DeliveryAttempt(
            now,
            result.Status,
            Explain(result),
            (long)time.GetElapsedTime(began).TotalMilliseconds
        );
        if (result.Status is >= 200 and < 300)
            return JobOutcome.Done(deliveries.Record(delivery, target, attempt, DeliveryStates.Delivered));
        if (result.Status == Gone)
            return JobOutcome.Done(
                deliveries.Record(delivery, target, attempt, DeliveryStates.Failed, "the receiver answered 410 Gone")
            );
        return schedule.Next(job.Attempts, result.RetryAfter) is { } wait
            ? JobOutcome.Again(
                wait,
                attempt.Error!,
                deliveries.Record(delivery, target, attempt, DeliveryStates.Pending)
            )
            : JobOutcome.Aside(
                attempt.Error!,
                deliveries.Record(delivery, target, attempt, DeliveryStates.Failed, GaveUp)
            );
    }

    private KeyValuePair<string, string>[] HeadersFor(
        Delivery delivery,
        WebhookTarget target,
        DateTimeOffset now,
        byte[] body
    )
    {
        IReadOnlyList<WebhookSecret> valid;
        try
        {
            valid = secrets.Open(WebhookSecrets.PlaceOfTarget(target.Tenant, target.Id), target.Secrets);
        }
        catch (SecretException unreadable)
        {
            throw new JobException(unreadable.Message, unreadable);
        }
        long timestamp = now.ToUnixTimeSeconds();
        return
        [
            new(WebhookHeaders.Id, delivery.EventId),
            new(WebhookHeaders.Timestamp, timestamp.ToString(CultureInfo.InvariantCulture)),
            new(WebhookHeaders.Signature, WebhookSignature.Create(valid, delivery.EventId, timestamp, body)),
        ];
    }

    private static string? Explain(SendResult result) =>
        result.Status switch
        {
            null => result.Error,
            >= 200 and < 300 => null,
            >= 300 and < 400 => $"It answered with status {result.Status}; redirects are not followed.",
            _ => $"It answered with status {result.Status}.",
        };
}
