using System.Text.Json;
using GroqKit.Gateway.Services.Administration;
using GroqKit.Gateway.Services.Egress;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Secrets;
using GroqKit.Gateway.Services.Snapshots;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Providers;

/// <summary>Makes, changes, tries and removes providers.</summary>
internal sealed class ProviderAdministration(
    IRecordStore<ProviderConfiguration> store,
    SnapshotKeeper snapshots,
    CurrentSnapshot current,
    EnvironmentConfiguration environment,
    ISecretProtector secrets,
    IProviderProbe probe,
    EgressRules egress,
    TimeProvider time
)
{
    // A tenant has a handful; the bound keeps a list short that is put together in memory.
    private const int MaxOwn = 1000;

    private readonly RecordEditor<ProviderConfiguration> _providers = new(
        "provider",
        "providers",
        provider => JsonSerializer.Serialize(ProviderView.Own(provider), AdminJson.Default.ProviderView),
        store,
        snapshots,
        time
    );

    /// <summary>All that serve the tenant, by name.</summary>
    /// <exception cref="StorageException">The store can't be reached.</exception>
    public async Task<IReadOnlyList<ProviderView>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        await snapshots.ChangedAsync(cancellationToken);
        IEnumerable<ProviderConfiguration> own = await store.ListAsync(actor.Tenant, null, MaxOwn, cancellationToken);
        Dictionary<string, ProviderView> views = current
            .Value[actor.Tenant]
            .Providers.Where(entry => entry.Key == entry.Value.Name)
            .ToDictionary(entry => entry.Key, entry => Given(entry.Value));
        foreach (ProviderConfiguration provider in own)
            views[provider.Name] = ProviderView.Own(provider);
        return [.. views.Values.OrderBy(view => view.Name, StringComparer.Ordinal)];
    }

    /// <exception cref="GatewayException">There is none.</exception>
    public async Task<ProviderView> GetAsync(Actor actor, string name, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(actor.Tenant, name, cancellationToken) is { } own)
            return ProviderView.Own(own);
        await snapshots.ChangedAsync(cancellationToken);
        return Given(Serving(actor, name));
    }

    /// <exception cref="GatewayException">The name is taken, or the address isn't one to call.</exception>
    public async Task<ProviderConfiguration> CreateAsync(
        Actor actor,
        string name,
        ProviderRequest request,
        CancellationToken cancellationToken
    )
    {
        DateTimeOffset now = time.GetUtcNow();
        var empty = new ProviderConfiguration
        {
            Tenant = actor.Tenant,
            Name = name,
            Kind = request.Kind,
            BaseUrl = ProviderKinds.DefaultAddress(request.Kind),
            CreatedAt = now,
            UpdatedAt = now,
        };
        ProviderConfiguration provider = Fill(empty, request);
        await _providers.AddAsync(actor, provider, cancellationToken);
        return provider;
    }

    /// <exception cref="GatewayException">There is none of the tenant's own, it was changed meanwhile, or the address isn't one to call.</exception>
    public Task<ProviderConfiguration> UpdateAsync(
        Actor actor,
        string name,
        long? expected,
        Func<ProviderConfiguration, ProviderRequest> change,
        CancellationToken cancellationToken
    ) =>
        _providers.ChangeAsync(
            actor,
            name,
            expected,
            "update",
            before => Fill(before, change(before)) with { UpdatedAt = time.GetUtcNow(), Version = before.Version + 1 },
            cancellationToken
        );

    /// <exception cref="GatewayException">There is none of the tenant's own, an agent or alias uses it, or it was changed meanwhile.</exception>
    public async Task DeleteAsync(Actor actor, string name, long? expected, CancellationToken cancellationToken)
    {
        await snapshots.ChangedAsync(cancellationToken);
        TenantView view = current.Value[actor.Tenant];
        string? user =
            view.Agents.Values.FirstOrDefault(agent => agent.Uses(name)) is { } agent ? $"the agent '{agent.Name}'"
            : view.AliasOf(actor.Tenant, choice => choice.Provider == name) is { } alias ? $"the alias '{alias.Name}'"
            : null;
        bool remains = environment.Providers.Any(provider => provider.Name == name);
        if (user is not null && !remains && await store.FindAsync(actor.Tenant, name, cancellationToken) is not null)
            throw RequestErrors.InUse("provider", name, user);
        await _providers.DeleteAsync(actor, name, expected, cancellationToken);
    }

    /// <summary>Calls the provider once.</summary>
    /// <exception cref="GatewayException">There is none.</exception>
    public async Task<ProviderCheck> CheckAsync(Actor actor, string name, CancellationToken cancellationToken)
    {
        await snapshots.ChangedAsync(cancellationToken);
        return await probe.CheckAsync(Serving(actor, name), cancellationToken);
    }

    private Provider Serving(Actor actor, string name) =>
        current.Value[actor.Tenant].Providers.GetValueOrDefault(name) ?? throw RequestErrors.NotFound("provider", name);

    private ProviderView Given(Provider provider) =>
        ProviderView.Given(
            provider,
            environment.Providers.Any(other => other.IsSameAs(provider)) ? "environment" : "shared"
        );

    private ProviderConfiguration Fill(ProviderConfiguration before, ProviderRequest request) =>
        before with
        {
            Kind = request.Kind,
            BaseUrl = request.BaseUrl is { } address
                ? Check(request.Kind, address)
                : ProviderKinds.DefaultAddress(request.Kind),
            ProtectedKey = request.KeepKey ? before.ProtectedKey : Protect(before, request.ApiKey),
            MaxRetries = request.MaxRetries,
            TimeoutSeconds = request.TimeoutSeconds,
        };

    private Uri Check(ProviderKind kind, string address)
    {
        try
        {
            Uri uri = egress.Check(address);
            return uri.Query.Length == 0 && uri.Fragment.Length == 0
                ? ProviderKinds.Complete(kind, uri)
                : throw RequestErrors.WrongValue("baseUrl", "must not have a query or a fragment");
        }
        catch (EgressException refused)
        {
            throw RequestErrors.WrongValue("baseUrl", refused.Message);
        }
    }

    private string? Protect(ProviderConfiguration provider, string? key)
    {
        if (key is null)
            return null;
        if (!secrets.IsAvailable)
            throw RequestErrors.NoMasterKey("apiKey");
        return secrets.Protect(SnapshotBuilder.PlaceOf(provider.Tenant, provider.Name), key);
    }
}
