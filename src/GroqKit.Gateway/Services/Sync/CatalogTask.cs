using System.Text.Json;
using GroqKit.Catalog;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Jobs;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Snapshots;
using GroqKit.Gateway.Services.Webhooks;

namespace GroqKit.Gateway.Services.Sync;

/// <summary>Keeps what providers offer, and for how much, and tells when a model is gone.</summary>
internal sealed class CatalogTask(
    CurrentSnapshot current,
    IModelLister lister,
    IListingStore store,
    IEventOutbox outbox,
    TimeProvider time
) : ISyncTask
{
    public string Name => "catalog";

    public TimeSpan Interval => TimeSpan.FromHours(1);

    public async Task<SyncResult> RunAsync(CancellationToken cancellationToken)
    {
        var models = new List<ListedModel>();
        var events = new List<WebhookEvent>();
        var silent = new List<string>();
        (string Tenant, Provider Provider)[] providers = [.. current.Value.Providers];
        foreach ((string tenant, Provider provider) in providers)
        {
            // A provider that lists nothing at all has a fault; its models aren't gone.
            if (await lister.ListAsync(provider, cancellationToken) is { Count: > 0 } listed)
                await CompareAsync(tenant, provider, listed, models, events, cancellationToken);
            else
                silent.Add(provider.Name);
        }
        if (silent.Count == providers.Length)
            throw new JobException($"No provider lists its models: {string.Join(", ", silent)}.");
        string without = silent.Count == 0 ? "" : $" No list from {string.Join(", ", silent)}.";
        return new SyncResult(
            $"{models.Count} models of {providers.Length} providers, {events.Count} retired.{without}",
            async (transaction, cancelled) =>
            {
                await store.Save(models)(transaction, cancelled);
                foreach (WebhookEvent what in events)
                    await outbox.PublishAsync(transaction, what, cancelled);
            }
        );
    }

    private async Task CompareAsync(
        string tenant,
        Provider provider,
        IReadOnlyList<ModelListing> listed,
        List<ListedModel> models,
        List<WebhookEvent> events,
        CancellationToken cancellationToken
    )
    {
        DateTimeOffset now = time.GetUtcNow();
        Dictionary<string, ListedModel> known = (
            await store.ListAsync(tenant, provider.Name, cancellationToken)
        ).ToDictionary(model => model.Model, StringComparer.Ordinal);
        ModelListing[] active = [.. listed.Where(model => model.Active != false).DistinctBy(model => model.Id)];
        foreach (ModelListing model in active)
        {
            ListedModel? before = known.GetValueOrDefault(model.Id);
            string? pricing = model.Pricing is null
                ? null
                : JsonSerializer.Serialize(new(model.Pricing), SyncJson.Default.DictionaryStringString);
            models.Add(
                new ListedModel(
                    tenant,
                    provider.Name,
                    model.Id,
                    pricing,
                    before is not null && before.Pricing == pricing ? before.PricedAt : now,
                    before?.FirstSeen ?? now,
                    now,
                    RetiredAt: null
                )
            );
        }
        foreach (ListedModel gone in known.Values.ExceptBy(active.Select(model => model.Id), model => model.Model))
        {
            if (gone.RetiredAt is not null)
                continue;
            models.Add(gone with { RetiredAt = now });
            events.Add(EventOf(gone, now));
        }
    }

    private WebhookEvent EventOf(ListedModel model, DateTimeOffset now)
    {
        string[] agents =
        [
            .. current
                .Value[model.Tenant]
                .Agents.Values.Where(agent => Uses(agent, model))
                .Select(agent => agent.Name)
                .Order(StringComparer.Ordinal),
        ];
        return new WebhookEvent(
            model.Tenant,
            EventTypes.ModelRetired,
            $"{model.Provider}/{model.Model}/{now.ToUnixTimeMilliseconds()}",
            JsonSerializer.Serialize(new ModelEvent(model.Provider, model.Model, agents), SyncJson.Default.ModelEvent)
        );
    }

    private static bool Uses(Agent agent, ListedModel model)
    {
        var choice = new ModelChoice(model.Provider, model.Model);
        return new[] { agent.Llm, agent.Stt, agent.Tts }.Any(settings =>
            settings is not null && (settings.Choice == choice || settings.Fallback.Any(link => link.Choice == choice))
        );
    }
}
