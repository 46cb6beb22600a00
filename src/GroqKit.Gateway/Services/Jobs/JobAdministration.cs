using GroqKit.Gateway.Services.Administration;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Jobs;

/// <summary>Shows jobs and lets them run again.</summary>
internal sealed class JobAdministration(IJobStore jobs, TimeProvider time)
{
    public Task<IReadOnlyList<Job>> ListAsync(
        Actor actor,
        string? state,
        string? kind,
        string? before,
        int count,
        CancellationToken cancellationToken
    ) => jobs.ListAsync(new JobFilter(actor.Tenant, state, kind), before, count, cancellationToken);

    /// <exception cref="GatewayException">There is none.</exception>
    public async Task<Job> GetAsync(Actor actor, string id, CancellationToken cancellationToken) =>
        await jobs.FindAsync(actor.Tenant, id, cancellationToken) ?? throw RequestErrors.NotFound("job", id);

    /// <exception cref="GatewayException">There is none, or it hasn't ended.</exception>
    public async Task<Job> RepeatAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        Job job = await GetAsync(actor, id, cancellationToken);
        var change = new Change(
            time.GetUtcNow(),
            actor.Tenant,
            actor.Key.Id,
            "jobs.repeat",
            $"jobs/{id}",
            $$"""{"kind":"{{job.Kind}}"}""",
            actor.RequestId
        );
        return await jobs.RepeatAsync(job, change, cancellationToken)
            ? await GetAsync(actor, id, cancellationToken)
            : throw RequestErrors.NotEnded("job", id);
    }
}
