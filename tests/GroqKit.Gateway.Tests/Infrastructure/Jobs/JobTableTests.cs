using System.Collections.Concurrent;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Infrastructure.Jobs;
using GroqKit.Gateway.Services.Jobs;
using GroqKit.Gateway.Services.Storage;
using GroqKit.Gateway.Tests.Running;

namespace GroqKit.Gateway.Tests.Infrastructure.Jobs;

[Requirement("GW-12")]
public sealed class JobTableTests(TestDatabases databases)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly string[] Kinds = ["test"];
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    private readonly ManualTimeProvider _time = new();

    [Theory, EveryEngine]
    public async Task Two_nodes_never_hold_the_same_lease(Engine engine)
    {
        string address = await databases.CreateAsync(engine);
        await using IDatabase first = TestDatabases.Open(address);
        await using IDatabase second = TestDatabases.Open(address);
        await new Migrator(first, Migration.All, _time).RunAsync(None);
        JobTable[] nodes = [Jobs(first), Jobs(second)];
        const int Count = 60;
        for (int i = 0; i < Count; i++)
            await nodes[0].EnqueueAsync(Request(), None);
        var leased = new ConcurrentBag<string>();

        await Parallel.ForAsync(
            0,
            8,
            async (worker, _) =>
            {
                while (await nodes[worker % 2].LeaseAsync($"w{worker}", Kinds, Lease, None) is { } job)
                    leased.Add(job.Id);
            }
        );

        leased.Count.ShouldBe(Count);
        leased.Distinct().Count().ShouldBe(Count);
    }

    [Theory, EveryEngine]
    public async Task A_lease_that_ran_out_goes_to_another_worker_and_its_old_holder_changes_nothing(Engine engine)
    {
        await using IDatabase database = await databases.OpenMigratedAsync(engine);
        JobTable jobs = Jobs(database);
        await jobs.EnqueueAsync(Request(), None);
        Job old = (await jobs.LeaseAsync("a", Kinds, Lease, None))!;

        _time.Advance(Lease - TimeSpan.FromMilliseconds(1));
        (await jobs.LeaseAsync("b", Kinds, Lease, None)).ShouldBeNull();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Job current = (await jobs.LeaseAsync("b", Kinds, Lease, None))!;

        current.Id.ShouldBe(old.Id);
        current.LeaseToken.ShouldBe(old.LeaseToken + 1);
        bool written = false;
        JobOutcome outcome = JobOutcome.Done(
            (_, _) =>
            {
                written = true;
                return Task.CompletedTask;
            }
        );
        (await jobs.RenewAsync(old, Lease, None)).ShouldBeFalse();
        (await jobs.FinishAsync(old, outcome, None)).ShouldBeFalse();
        written.ShouldBeFalse();
        (await jobs.FinishAsync(current, outcome, None)).ShouldBeTrue();
        written.ShouldBeTrue();
    }

    [Theory, EveryEngine]
    public async Task A_renewed_lease_is_kept(Engine engine)
    {
        await using IDatabase database = await databases.OpenMigratedAsync(engine);
        JobTable jobs = Jobs(database);
        await jobs.EnqueueAsync(Request(), None);
        Job job = (await jobs.LeaseAsync("a", Kinds, Lease, None))!;

        _time.Advance(TimeSpan.FromSeconds(45));
        (await jobs.RenewAsync(job, Lease, None)).ShouldBeTrue();
        _time.Advance(TimeSpan.FromSeconds(45));

        (await jobs.LeaseAsync("b", Kinds, Lease, None)).ShouldBeNull();
    }

    [Theory, EveryEngine]
    public async Task An_effect_and_the_end_of_its_job_are_written_together_or_not_at_all(Engine engine)
    {
        await using IDatabase database = await databases.OpenMigratedAsync(engine);
        JobTable jobs = Jobs(database);
        await jobs.EnqueueAsync(Request(), None);
        Job job = (await jobs.LeaseAsync("a", Kinds, Lease, None))!;

        await Should.ThrowAsync<TimeZoneNotFoundException>(() =>
            jobs.FinishAsync(
                job,
                JobOutcome.Done(
                    async (transaction, cancellationToken) =>
                    {
                        await jobs.EnqueueAsync(transaction, Request("more"), cancellationToken);
                        throw new TimeZoneNotFoundException("The process dies before it commits.");
                    }
                ),
                None
            )
        );

        Job[] all = [.. await jobs.ListAsync(new JobFilter("t", null, null), null, 10, None)];
        all.ShouldHaveSingleItem().State.ShouldBe(JobStates.Running);
    }

    [Theory, EveryEngine]
    public async Task A_job_whose_worker_dies_every_time_goes_aside(Engine engine)
    {
        await using IDatabase database = await databases.OpenMigratedAsync(engine);
        JobTable jobs = Jobs(database);
        await jobs.EnqueueAsync(Request() with { MaxAttempts = 3 }, None);
        for (int i = 0; i < 3; i++)
        {
            (await jobs.LeaseAsync("a", Kinds, Lease, None)).ShouldNotBeNull();
            _time.Advance(Lease);
        }

        (await jobs.LeaseAsync("a", Kinds, Lease, None)).ShouldBeNull();

        Job job = (
            await jobs.ListAsync(new JobFilter("t", JobStates.Aside, "test"), null, 10, None)
        ).ShouldHaveSingleItem();
        job.LastError.ShouldBe("Its worker died in every attempt.");
        job.Attempts.ShouldBe(3);
        (await jobs.RepeatAsync(job, AChange(), None)).ShouldBeTrue();
        (await jobs.LeaseAsync("a", Kinds, Lease, None))!.Attempts.ShouldBe(1);
        (await jobs.RepeatAsync(job, AChange(), None)).ShouldBeFalse();
    }

    [Theory, EveryEngine]
    public async Task Asking_twice_with_one_unique_key_is_asking_once(Engine engine)
    {
        await using IDatabase database = await databases.OpenMigratedAsync(engine);
        JobTable jobs = Jobs(database);

        (await jobs.EnqueueAsync(Request() with { UniqueKey = "k" }, None)).ShouldNotBeNull();
        (await jobs.EnqueueAsync(Request() with { UniqueKey = "k" }, None)).ShouldBeNull();
        (await jobs.EnqueueAsync(Request() with { UniqueKey = "k", Tenant = "u" }, None)).ShouldNotBeNull();
        (await jobs.EnqueueAsync(Request(), None)).ShouldNotBeNull();
        (await jobs.EnqueueAsync(Request(), None)).ShouldNotBeNull();
    }

    [Theory, EveryEngine]
    public async Task Jobs_wait_for_their_time_and_for_a_worker_that_knows_them(Engine engine)
    {
        await using IDatabase database = await databases.OpenMigratedAsync(engine);
        JobTable jobs = Jobs(database);
        await jobs.EnqueueAsync(Request("later") with { DueAt = _time.GetUtcNow().AddSeconds(5) }, None);
        await jobs.EnqueueAsync(new JobRequest("t", "other", "{}"), None);
        await jobs.EnqueueAsync(Request("now"), None);

        (await jobs.LeaseAsync("a", Kinds, Lease, None))!.Payload.ShouldBe("\"now\"");
        (await jobs.LeaseAsync("a", Kinds, Lease, None)).ShouldBeNull();
        _time.Advance(TimeSpan.FromSeconds(5));
        (await jobs.LeaseAsync("a", Kinds, Lease, None))!.Payload.ShouldBe("\"later\"");
    }

    [Theory, EveryEngine]
    public async Task Pages_follow_each_other_and_show_one_tenants_jobs(Engine engine)
    {
        await using IDatabase database = await databases.OpenMigratedAsync(engine);
        JobTable jobs = Jobs(database);
        for (int i = 0; i < 5; i++)
        {
            await jobs.EnqueueAsync(Request($"{i}"), None);
            await jobs.EnqueueAsync(Request() with { Tenant = "u" }, None);
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        IReadOnlyList<Job> newest = await jobs.ListAsync(new JobFilter("t", null, null), null, 3, None);
        IReadOnlyList<Job> rest = await jobs.ListAsync(new JobFilter("t", null, null), newest[2].Id, 3, None);

        newest.Concat(rest).Select(job => job.Payload).ShouldBe(["\"4\"", "\"3\"", "\"2\"", "\"1\"", "\"0\""]);
        (await jobs.FindAsync("u", newest[0].Id, None)).ShouldBeNull();
    }

    private JobTable Jobs(IDatabase database) => new(database, new JobSignal(_time), _time);

    private static JobRequest Request(string text = "x") => new("t", "test", $"\"{text}\"");

    private Change AChange() => new(_time.GetUtcNow(), "t", "key", "jobs.repeat", "jobs/x", "{}", "req");
}
