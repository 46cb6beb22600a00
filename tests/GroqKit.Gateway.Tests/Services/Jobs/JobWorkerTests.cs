using Dapper;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Infrastructure.Jobs;
using GroqKit.Gateway.Services.Jobs;
using GroqKit.Gateway.Tests.Running;
using Microsoft.Extensions.Logging.Abstractions;

namespace GroqKit.Gateway.Tests.Services.Jobs;

[Requirement("GW-12")]
public sealed class JobWorkerTests(TestDatabases databases)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TimeSpan Safety = TimeSpan.FromSeconds(30);

    private readonly ManualTimeProvider _time = new();

    [Theory, EveryEngine]
    public async Task A_job_that_fails_is_tried_again_later_each_time_and_put_aside_in_the_end(Engine engine)
    {
        await using IDatabase database = await databases.OpenMigratedAsync(engine);
        JobTable jobs = Jobs(database);
        using JobWorker worker = Worker(jobs, (_, _) => throw new JobException("The disk is full."));
        await jobs.EnqueueAsync(new JobRequest("t", "test", "{}") { MaxAttempts = 4 }, None);
        var waits = new List<double>();

        for (int attempt = 1; attempt < 4; attempt++)
        {
            (await worker.RunOneAsync("w", None)).ShouldBeTrue();
            Job job = await SingleAsync(jobs);
            job.State.ShouldBe(JobStates.Waiting);
            waits.Add((job.DueAt - _time.GetUtcNow()).TotalSeconds);
            (await worker.RunOneAsync("w", None)).ShouldBeFalse();
            _time.Advance(job.DueAt - _time.GetUtcNow());
        }
        await worker.RunOneAsync("w", None);

        waits.ShouldBe([5, 10, 20]);
        Job aside = await SingleAsync(jobs);
        aside.State.ShouldBe(JobStates.Aside);
        aside.LastError.ShouldBe("The disk is full.");
        aside.FinishedAt.ShouldBe(_time.GetUtcNow());
    }

    [Theory, EveryEngine]
    public async Task A_worker_that_dies_at_any_step_leaves_a_job_that_is_done_with_its_effect_once(Engine engine)
    {
        foreach (Step step in Enum.GetValues<Step>())
        {
            await using IDatabase database = await databases.OpenMigratedAsync(engine);
            await CreateEffectsAsync(database);
            JobTable jobs = Jobs(database);
            await jobs.EnqueueAsync(new JobRequest("t", "test", "{}"), None);

            await DieAsync(jobs, step);
            _time.Advance(JobWorker.Lease);
            using JobWorker next = Worker(jobs, (_, _) => Task.FromResult(JobOutcome.Done(AddEffectAsync)));
            while (await next.RunOneAsync("next", None)) { }

            (await SingleAsync(jobs)).State.ShouldBe(JobStates.Done, step.ToString());
            (await CountEffectsAsync(database)).ShouldBe(1, step.ToString());
        }
    }

    [Fact]
    public async Task A_long_job_keeps_its_lease_and_ends_when_it_loses_it()
    {
        await using IDatabase database = await databases.OpenMigratedAsync(Engine.Sqlite);
        JobTable jobs = Jobs(database);
        var begun = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        using JobWorker worker = Worker(
            jobs,
            async (_, cancellationToken) =>
            {
                cancellationToken.Register(cancelled.SetResult);
                begun.SetResult();
                await cancelled.Task;
                cancellationToken.ThrowIfCancellationRequested();
                return JobOutcome.Done();
            }
        );
        await jobs.EnqueueAsync(new JobRequest("t", "test", "{}"), None);
        Task<bool> running = worker.RunOneAsync("w", None);
        await begun.Task.WaitAsync(Safety);
        DateTimeOffset before = (await SingleAsync(jobs)).LeaseUntil!.Value;

        await database.WriteAsync(
            transaction =>
                transaction.Connection!.ExecuteAsync("UPDATE jobs SET lease_token = 99", transaction: transaction),
            None
        );
        _time.Advance(JobWorker.Lease / 2);
        await cancelled.Task.WaitAsync(Safety);

        (await running.WaitAsync(Safety)).ShouldBeTrue();
        Job job = await SingleAsync(jobs);
        job.State.ShouldBe(JobStates.Running);
        job.LeaseUntil.ShouldBe(before);
    }

    [Fact]
    public async Task A_node_that_stops_gives_its_jobs_back_without_counting_the_attempt()
    {
        await using IDatabase database = await databases.OpenMigratedAsync(Engine.Sqlite);
        JobTable jobs = Jobs(database);
        using var stopping = new CancellationTokenSource();
        using JobWorker worker = Worker(
            jobs,
            async (_, cancellationToken) =>
            {
                await stopping.CancelAsync();
                cancellationToken.ThrowIfCancellationRequested();
                return JobOutcome.Done();
            }
        );
        await jobs.EnqueueAsync(new JobRequest("t", "test", "{}"), None);

        await worker.RunOneAsync("w", stopping.Token);

        Job job = await SingleAsync(jobs);
        job.State.ShouldBe(JobStates.Waiting);
        job.Attempts.ShouldBe(0);
        job.LeaseOwner.ShouldBeNull();
    }

    [Fact]
    public async Task What_an_unexpected_failure_says_is_not_stored()
    {
        await using IDatabase database = await databases.OpenMigratedAsync(Engine.Sqlite);
        JobTable jobs = Jobs(database);
        using JobWorker worker = Worker(jobs, (_, _) => throw new FormatException("gsk_secret"));
        await jobs.EnqueueAsync(new JobRequest("t", "test", "{}"), None);

        await worker.RunOneAsync("w", None);

        (await SingleAsync(jobs)).LastError.ShouldBe("It failed with FormatException.");
    }

    private enum Step
    {
        AfterTheLease,
        InTheWork,
        AfterTheEffectIsWritten,
        AfterTheCommit,
    }

    // A process that dies loses its open transaction and never says another word.
    private async Task DieAsync(JobTable jobs, Step step)
    {
        if (step == Step.AfterTheLease)
        {
            await jobs.LeaseAsync("dead", ["test"], JobWorker.Lease, None);
            return;
        }
        var forever = new TaskCompletionSource<JobOutcome>();
        var reached = new TaskCompletionSource();
        JobWorker worker = Worker(
            jobs,
            (_, _) =>
            {
                if (step != Step.InTheWork)
                    return Task.FromResult(JobOutcome.Done(EffectAsync));
                reached.SetResult();
                return forever.Task;
            },
            // A dead process's heart doesn't beat.
            new ManualTimeProvider()
        );
        Task<bool> running = worker.RunOneAsync("dead", None);
        if (step == Step.InTheWork)
            await reached.Task.WaitAsync(Safety);
        else if (step == Step.AfterTheCommit)
            await running.WaitAsync(Safety);
        else
            await Should.ThrowAsync<TimeZoneNotFoundException>(() => running.WaitAsync(Safety));

        async Task EffectAsync(System.Data.Common.DbTransaction transaction, CancellationToken cancellationToken)
        {
            await AddEffectAsync(transaction, cancellationToken);
            if (step == Step.AfterTheEffectIsWritten)
                throw new TimeZoneNotFoundException();
        }
    }

    private static Task AddEffectAsync(
        System.Data.Common.DbTransaction transaction,
        CancellationToken cancellationToken
    ) => transaction.Connection!.ExecuteAsync("INSERT INTO effects (n) VALUES (1)", transaction: transaction);

    private static Task<int> CreateEffectsAsync(IDatabase database) =>
        database.WriteAsync(
            transaction =>
                transaction.Connection!.ExecuteAsync("CREATE TABLE effects (n BIGINT)", transaction: transaction),
            None
        );

    private static Task<long> CountEffectsAsync(IDatabase database) =>
        database.ReadAsync(connection => connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM effects"), None);

    private static async Task<Job> SingleAsync(JobTable jobs) =>
        (await jobs.ListAsync(new JobFilter("t", null, null), null, 10, None)).ShouldHaveSingleItem();

    private JobTable Jobs(IDatabase database) => new(database, new JobSignal(_time), _time);

    private JobWorker Worker(
        JobTable jobs,
        Func<Job, CancellationToken, Task<JobOutcome>> work,
        TimeProvider? time = null
    ) =>
        new(
            jobs,
            [new ScriptedJobs(work)],
            new JobSignal(_time),
            new JobBackoff(() => 0),
            time ?? _time,
            NullLogger<JobWorker>.Instance
        );
}
