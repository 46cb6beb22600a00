using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Infrastructure.Jobs;
using GroqKit.Gateway.Infrastructure.Secrets;
using GroqKit.Gateway.Infrastructure.Webhooks;
using GroqKit.Gateway.Services.Jobs;
using GroqKit.Gateway.Services.Storage;
using GroqKit.Gateway.Services.Webhooks;
using Microsoft.Extensions.Logging.Abstractions;

namespace GroqKit.Gateway.Tests.Running;

/// <summary>A node's background work on a test's database and clock.</summary>
internal sealed class Background : IDisposable
{
    public Background(IDatabase database, TimeProvider time, IWebhookSender sender)
    {
        var signal = new JobSignal(time);
        Secrets = new WebhookSecrets(new AesSecretProtector(new byte[32]), time);
        Targets = new WebhookTargetTable(database);
        Jobs = new JobTable(database, signal, time);
        Outbox = new EventOutbox(database, Targets, Jobs, signal, time);
        Deliveries = new DeliveryTable(database, Outbox, Jobs, signal, time);
        var deliverer = new WebhookDeliverer(Targets, Deliveries, Secrets, sender, new DeliverySchedule(() => 0), time);
        Worker = new JobWorker(
            Jobs,
            [deliverer],
            signal,
            new JobBackoff(() => 0),
            time,
            NullLogger<JobWorker>.Instance
        );
        Time = time;
    }

    public TimeProvider Time { get; }

    public WebhookSecrets Secrets { get; }

    public WebhookTargetTable Targets { get; }

    public JobTable Jobs { get; }

    public EventOutbox Outbox { get; }

    public DeliveryTable Deliveries { get; }

    public JobWorker Worker { get; }

    /// <summary>Makes a target and returns its secret.</summary>
    public async Task<WebhookSecret> AddTargetAsync(string id, string tenant = "t", params string[] events)
    {
        var secret = WebhookSecret.Create();
        DateTimeOffset now = Time.GetUtcNow();
        var target = new WebhookTarget
        {
            Tenant = tenant,
            Id = id,
            Url = new Uri("https://hooks.example.com/"),
            Events = [.. events],
            Secrets = [Secrets.Seal(WebhookSecrets.PlaceOfTarget(tenant, id), secret)],
            CreatedAt = now,
            UpdatedAt = now,
        };
        await Targets.AddAsync(target, new Change(now, tenant, "k", "webhooks.create", id, "{}", "r"), default);
        return secret;
    }

    /// <summary>Does all that is due.</summary>
    public async Task RunAsync()
    {
        while (await Worker.RunOneAsync("w", CancellationToken.None)) { }
    }

    public void Dispose() => Worker.Dispose();
}
