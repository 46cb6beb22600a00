using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Snapshots;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Administration;

/// <summary>
/// Stores changes of one kind of record: with an entry in the log, against the version that the caller saw, and in force on this node
/// when it returns.
/// </summary>
/// <param name="kind">What to call a record in errors.</param>
/// <param name="area">What its addresses begin with, for the log.</param>
/// <param name="summarize">What the log keeps of a record: a JSON object without secrets.</param>
/// <param name="store">Where the records last.</param>
/// <param name="snapshots">Puts changes in force on this node.</param>
/// <param name="time">The clock.</param>
internal sealed class RecordEditor<T>(
    string kind,
    string area,
    Func<T, string> summarize,
    IRecordStore<T> store,
    SnapshotKeeper snapshots,
    TimeProvider time
)
    where T : class, IRecord
{
    // Two writers at once are rare; a third try that meets another change would be a fault.
    private const int Tries = 5;

    /// <exception cref="GatewayException">There is none.</exception>
    public async Task<T> GetAsync(string tenant, string key, CancellationToken cancellationToken) =>
        await store.FindAsync(tenant, key, cancellationToken) ?? throw RequestErrors.NotFound(kind, key);

    public Task<IReadOnlyList<T>> ListAsync(
        string tenant,
        string? after,
        int count,
        CancellationToken cancellationToken
    ) => store.ListAsync(tenant, after, count, cancellationToken);

    /// <exception cref="GatewayException">The name is taken.</exception>
    public async Task AddAsync(Actor actor, T record, CancellationToken cancellationToken)
    {
        if (!await store.AddAsync(record, Describe(actor, "create", record), cancellationToken))
            throw RequestErrors.Taken("name", kind, record.Key);
        await snapshots.ChangedAsync(cancellationToken);
    }

    /// <summary>Puts what <paramref name="change"/> makes of a record in its place.</summary>
    /// <param name="actor">Who changes it.</param>
    /// <param name="key">Which.</param>
    /// <param name="expected">The version it must have; null for any.</param>
    /// <param name="action">What to call the change in the log.</param>
    /// <param name="change">Makes the new record, with the next version. May run more than once.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="GatewayException">There is none, or it has another version.</exception>
    public async Task<T> ChangeAsync(
        Actor actor,
        string key,
        long? expected,
        string action,
        Func<T, T> change,
        CancellationToken cancellationToken
    )
    {
        for (int i = 0; i < Tries; i++)
        {
            T before = await GetAsync(actor.Tenant, key, cancellationToken);
            if (expected is { } version && before.Version != version)
                throw RequestErrors.Changed(kind, key);
            T after = change(before);
            if (!await store.ReplaceAsync(after, Describe(actor, action, after), cancellationToken))
                continue;
            await snapshots.ChangedAsync(cancellationToken);
            return after;
        }
        throw RequestErrors.Changed(kind, key);
    }

    /// <exception cref="GatewayException">There is none, or it has another version.</exception>
    public async Task DeleteAsync(Actor actor, string key, long? expected, CancellationToken cancellationToken)
    {
        T record = await GetAsync(actor.Tenant, key, cancellationToken);
        if (expected is { } version && record.Version != version)
            throw RequestErrors.Changed(kind, key);
        if (!await store.DeleteAsync(record, Describe(actor, "delete", record), cancellationToken))
            throw RequestErrors.Changed(kind, key);
        await snapshots.ChangedAsync(cancellationToken);
    }

    private Change Describe(Actor actor, string action, T record) =>
        new(
            time.GetUtcNow(),
            actor.Tenant,
            actor.Key.Id,
            $"{area}.{action}",
            $"{area}/{record.Key}",
            summarize(record),
            actor.RequestId
        );
}
