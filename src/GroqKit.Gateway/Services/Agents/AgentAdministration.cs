using System.Text.Json;
using GroqKit.Gateway.Services.Administration;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Privacy;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Snapshots;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Agents;

/// <summary>Makes, changes and removes agents.</summary>
internal sealed class AgentAdministration(IRecordStore<Agent> store, SnapshotKeeper snapshots, TimeProvider time)
{
    private readonly RecordEditor<Agent> _agents = new(
        "agent",
        "agents",
        agent => JsonSerializer.Serialize(AgentView.Of(agent), AdminJson.Default.AgentView),
        store,
        snapshots,
        time
    );

    /// <summary>What the agents of a tenant can be set to, as it is now on any node.</summary>
    /// <exception cref="StorageException">The store can't be reached.</exception>
    public Task<TenantView> ViewAsync(Actor actor, CancellationToken cancellationToken) =>
        snapshots.ViewAsync(actor.Tenant, cancellationToken);

    public Task<Agent> GetAsync(Actor actor, string name, CancellationToken cancellationToken) =>
        _agents.GetAsync(actor.Tenant, name, cancellationToken);

    public Task<IReadOnlyList<Agent>> ListAsync(
        Actor actor,
        string? after,
        int count,
        CancellationToken cancellationToken
    ) => _agents.ListAsync(actor.Tenant, after, count, cancellationToken);

    /// <param name="actor">Who makes it.</param>
    /// <param name="name">Its name.</param>
    /// <param name="fill">Sets the rest.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="GatewayException">The name is taken.</exception>
    public async Task<Agent> CreateAsync(
        Actor actor,
        string name,
        Func<Agent, Agent> fill,
        CancellationToken cancellationToken
    )
    {
        DateTimeOffset now = time.GetUtcNow();
        Agent agent = fill(
            new Agent
            {
                Tenant = actor.Tenant,
                Name = name,
                CreatedAt = now,
                UpdatedAt = now,
            }
        );
        agent = Sign(actor, agent, AgentPrivacy.None);
        await _agents.AddAsync(actor, agent, cancellationToken);
        return agent;
    }

    /// <exception cref="GatewayException">There is none, or it was changed meanwhile.</exception>
    public Task<Agent> UpdateAsync(
        Actor actor,
        string name,
        long? expected,
        Func<Agent, Agent> change,
        CancellationToken cancellationToken
    ) =>
        _agents.ChangeAsync(
            actor,
            name,
            expected,
            "update",
            before =>
                Sign(actor, change(before), before.Privacy) with
                {
                    UpdatedAt = time.GetUtcNow(),
                    Version = before.Version + 1,
                },
            cancellationToken
        );

    /// <exception cref="GatewayException">There is none, an alias stands for it, or it was changed meanwhile.</exception>
    public async Task DeleteAsync(Actor actor, string name, long? expected, CancellationToken cancellationToken)
    {
        TenantView view = await ViewAsync(actor, cancellationToken);
        var meaning = new ModelChoice(ModelAlias.AgentWord, name);
        if (view.AliasOf(actor.Tenant, meaning.Equals) is { } alias)
            throw RequestErrors.InUse("agent", name, $"the alias '{alias.Name}'");
        await _agents.DeleteAsync(actor, name, expected, cancellationToken);
    }

    private Agent Sign(Actor actor, Agent agent, AgentPrivacy before) =>
        agent with
        {
            Privacy = agent.Privacy.Signed(before, actor.Key.Name, time.GetUtcNow()),
        };
}
