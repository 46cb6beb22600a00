using System.Text.Json;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Snapshots;
using GroqKit.Gateway.Services.Webhooks;

namespace GroqKit.Gateway.Services.Sync;

/// <summary>Tells, a week ahead, that a key will expire.</summary>
internal sealed class KeyTask(IConfigurationStore configuration, IEventOutbox outbox, TimeProvider time) : ISyncTask
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(7);

    public string Name => "keys";

    public TimeSpan Interval => TimeSpan.FromHours(1);

    public async Task<SyncResult> RunAsync(CancellationToken cancellationToken)
    {
        StoredConfiguration stored = await configuration.LoadAsync(cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        int told = 0;
        foreach (CallerKey key in stored.Keys)
        {
            if (key.RevokedAt is not null || key.ExpiresAt is not { } end || end <= now || end > now + Ahead)
                continue;
            var data = new KeyEvent(key.Id, key.Name, end);
            var what = new WebhookEvent(
                key.Tenant,
                EventTypes.KeyExpiring,
                $"{key.Id}/{end.ToUnixTimeSeconds()}",
                JsonSerializer.Serialize(data, SyncJson.Default.KeyEvent)
            );
            if (await outbox.PublishAsync(what, cancellationToken))
                told++;
        }
        return new SyncResult($"{stored.Keys.Count} keys, {told} events.");
    }
}
