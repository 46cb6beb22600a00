using System.Text.Json;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Jobs;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Limits;
using GroqKit.Gateway.Services.Snapshots;
using GroqKit.Gateway.Services.Webhooks;

namespace GroqKit.Gateway.Services.Sync;

/// <summary>Tells when a key or an agent has used 80 % or all of what a day or month allows it; each once per window.</summary>
internal sealed class BudgetTask(
    IConfigurationStore configuration,
    ILimitHistory history,
    IEventOutbox outbox,
    TimeProvider time
) : ISyncTask
{
    private const decimal Near = 0.8m;

    public string Name => "budgets";

    public TimeSpan Interval => TimeSpan.FromSeconds(60);

    public async Task<SyncResult> RunAsync(CancellationToken cancellationToken)
    {
        StoredConfiguration stored = await configuration.LoadAsync(cancellationToken);
        int told = 0;
        int looked = 0;
        foreach (
            Budget budget in stored
                .Keys.Where(key => key.RevokedAt is null)
                .SelectMany(Of)
                .Concat(stored.Agents.SelectMany(Of))
        )
        {
            looked++;
            if (
                await LookAsync(budget, cancellationToken) is { } what
                && await outbox.PublishAsync(what, cancellationToken)
            )
                told++;
        }
        return new SyncResult($"{looked} budgets, {told} events.");
    }

    private async Task<WebhookEvent?> LookAsync(Budget budget, CancellationToken cancellationToken)
    {
        (LimitUnit unit, LimitWindow window, decimal limit) = budget.Limit;
        long used;
        try
        {
            used = await history.UsedAsync(budget.Subject, unit, window, cancellationToken);
        }
        catch (LimitHistoryException away)
        {
            throw new JobException(away.Message, away);
        }
        decimal amount = LimitAmounts.Unscale(unit, used);
        if (limit <= 0 || amount < limit * Near)
            return null;
        long period = LimitPeriod.NumberOf(window, time.GetUtcNow());
        string type = amount >= limit ? EventTypes.BudgetUsed : EventTypes.BudgetNear;
        var data = new BudgetEvent(
            budget.Subject.Scope == LimitScope.Key ? "key" : "agent",
            budget.Subject.Id,
            budget.Name,
            JsonNamingPolicy.CamelCase.ConvertName(unit.ToString()),
            JsonNamingPolicy.CamelCase.ConvertName(window.ToString()),
            limit,
            amount,
            LimitPeriod.StartOf(window, period + 1)
        );
        // The limit is part of it: a raised one that is used up too is news.
        string unique = $"{data.Scope}/{data.Id}/{data.Unit}/{data.Window}/{period}/{limit:0.############}";
        return new WebhookEvent(
            budget.Tenant,
            type,
            unique,
            JsonSerializer.Serialize(data, SyncJson.Default.BudgetEvent)
        );
    }

    private static IEnumerable<Budget> Of(CallerKey key) =>
        Calendar(key.Limits)
            .Select(limit => new Budget(key.Tenant, new LimitSubject(LimitScope.Key, "", key.Id), key.Name, limit));

    private static IEnumerable<Budget> Of(Agent agent) =>
        Calendar(agent.Limits)
            .Select(limit => new Budget(
                agent.Tenant,
                new LimitSubject(LimitScope.Agent, agent.Tenant, agent.Name),
                agent.Name,
                limit
            ));

    private static IEnumerable<Limit> Calendar(LimitPolicy policy) =>
        policy.Limits.Where(limit => limit.Window != LimitWindow.Minute);

    private sealed record Budget(string Tenant, LimitSubject Subject, string Name, Limit Limit);
}
