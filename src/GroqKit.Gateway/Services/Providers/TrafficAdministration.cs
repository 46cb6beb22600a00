using System.Text.Json;
using GroqKit.Gateway.Services.Administration;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Snapshots;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Providers;

/// <summary>Switches providers off and on, gives them a share of their calls, and moves all agents from one to another.</summary>
internal sealed class TrafficAdministration(
    IShareStore shares,
    IRecordStore<Agent> agents,
    SnapshotKeeper snapshots,
    CurrentSnapshot current,
    TimeProvider time
)
{
    private const int MaxAgents = 10_000;

    private readonly RecordEditor<Agent> _agents = new(
        "agent",
        "agents",
        agent => JsonSerializer.Serialize(AgentView.Of(agent), AdminJson.Default.AgentView),
        agents,
        snapshots,
        time
    );

    /// <exception cref="GatewayException">There is no such provider.</exception>
    public async Task<ShareView> ShareAsync(Actor actor, string name, CancellationToken cancellationToken) =>
        View(await FindAsync(actor, name, cancellationToken));

    /// <exception cref="GatewayException">There is no such provider.</exception>
    public async Task<ShareView> SetShareAsync(
        Actor actor,
        string name,
        int percent,
        CancellationToken cancellationToken
    )
    {
        Provider provider = await FindAsync(actor, name, cancellationToken);
        var change = new Change(
            time.GetUtcNow(),
            actor.Tenant,
            actor.Key.Id,
            "providers.share",
            $"providers/{name}",
            $$"""{"before":{{provider.Share}},"percent":{{percent}}}""",
            actor.RequestId
        );
        await shares.SetAsync(new ProviderShare(actor.Tenant, name, percent), change, cancellationToken);
        await snapshots.RefreshAsync(cancellationToken);
        return await ShareAsync(actor, name, cancellationToken);
    }

    /// <summary>Puts another provider in the place of one in all agents of a tenant.</summary>
    /// <exception cref="GatewayException">There is no such provider, or the other doesn't serve what an agent needs.</exception>
    public async Task<MoveView> MoveAsync(
        Actor actor,
        string name,
        MoveRequest request,
        CancellationToken cancellationToken
    )
    {
        Provider to =
            current.Value[actor.Tenant].Providers.GetValueOrDefault(request.To)
            ?? throw RequestErrors.WrongValue("to", "names no provider that serves you");
        IEnumerable<Agent> all = await agents.ListAsync(actor.Tenant, null, MaxAgents, cancellationToken);
        Agent[] affected = [.. all.Where(agent => agent.Uses(name))];
        MovedChoice[] changes = [.. affected.SelectMany(agent => ChangesOf(agent, name, to, request))];
        if (!request.DryRun)
        {
            foreach (Agent agent in affected)
                await _agents.ChangeAsync(
                    actor,
                    agent.Name,
                    expected: null,
                    "move",
                    before =>
                        Move(before, name, request) with
                        {
                            UpdatedAt = time.GetUtcNow(),
                            Version = before.Version + 1,
                        },
                    cancellationToken
                );
        }
        return new MoveView(name, request.To, request.DryRun, changes);
    }

    /// <exception cref="GatewayException">There is no such provider.</exception>
    public async Task<Provider> FindAsync(Actor actor, string name, CancellationToken cancellationToken) =>
        (await snapshots.ViewAsync(actor.Tenant, cancellationToken)).Providers.GetValueOrDefault(name)
        ?? throw RequestErrors.NotFound("provider", name);

    private static IEnumerable<MovedChoice> ChangesOf(Agent agent, string from, Provider to, MoveRequest request)
    {
        foreach (ServiceKind service in Enum.GetValues<ServiceKind>())
        {
            if (agent[service] is not { } settings)
                continue;
            string place = service.ToString().ToLowerInvariant();
            ModelChoice[] chain = [settings.Choice, .. settings.Fallback.Select(link => link.Choice)];
            for (int i = 0; i < chain.Length; i++)
            {
                if (chain[i].Provider != from)
                    continue;
                if (service == ServiceKind.Llm && !ProviderKinds.ServesChat(to.Kind))
                    throw RequestErrors.WrongValue(
                        "to",
                        $"names a provider without chat, which the agent '{agent.Name}' needs"
                    );
                yield return new MovedChoice(
                    agent.Name,
                    i == 0 ? place : $"{place}.fallback[{i - 1}]",
                    chain[i].Model,
                    ModelAfter(chain[i].Model, request)
                );
            }
        }
    }

    private static Agent Move(Agent agent, string from, MoveRequest request) =>
        Enum.GetValues<ServiceKind>()
            .Aggregate(
                agent,
                (moved, service) =>
                    moved[service] is { } settings
                        ? moved.With(
                            service,
                            settings with
                            {
                                Choice = Move(settings.Choice, from, request),
                                Fallback =
                                [
                                    .. settings.Fallback.Select(link =>
                                        link with
                                        {
                                            Choice = Move(link.Choice, from, request),
                                        }
                                    ),
                                ],
                            }
                        )
                        : moved
            );

    private static ModelChoice Move(ModelChoice choice, string from, MoveRequest request) =>
        choice.Provider == from ? new ModelChoice(request.To, ModelAfter(choice.Model, request)) : choice;

    private static string ModelAfter(string model, MoveRequest request) =>
        request.Models.GetValueOrDefault(model, model);

    private static ShareView View(Provider provider) => new(provider.Name, provider.Share > 0, provider.Share);
}
