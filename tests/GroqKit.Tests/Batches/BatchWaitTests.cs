using GroqKit.Batches;

namespace GroqKit.Tests.Batches;

[Requirement("CL-17")]
public sealed class BatchWaitTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly ScriptedHandler _handler = new();

    [Theory]
    [InlineData("completed", BatchEnding.Completed)]
    [InlineData("failed", BatchEnding.Failed)]
    [InlineData("expired", BatchEnding.Expired)]
    [InlineData("cancelled", BatchEnding.Cancelled)]
    public async Task Every_ending_is_an_outcome(string status, BatchEnding ending)
    {
        _handler.Next(200, $$"""{"id":"b","status":"{{status}}","output_file_id":"file_1"}""");
        using GroqClient client = Client();

        BatchOutcome outcome = await client.Batches.WaitAsync("b");

        outcome.Ending.ShouldBe(ending);
        outcome.Batch.Id.ShouldBe("b");
        outcome.HasResults.ShouldBeTrue();
    }

    [Fact]
    public async Task It_looks_ever_less_often_and_tells_how_the_batch_stands()
    {
        string[] stages = ["validating", "in_progress", "brand_new", "finalizing", "cancelling", "completed"];
        foreach (string status in stages)
            _handler.Next(200, $$"""{"id":"b","status":"{{status}}"}""");
        using GroqClient client = Client();
        var told = new List<string>();
        Task<BatchOutcome> waiting = client.Batches.WaitAsync("b", Exact, new Told(told));

        foreach (int seconds in new[] { 5, 10, 20, 40, 60 })
        {
            await NextWaitAsync();
            _time.Pending.ShouldBe([TimeSpan.FromSeconds(seconds)]);
            _time.Advance(TimeSpan.FromSeconds(seconds));
        }

        (await waiting).Ending.ShouldBe(BatchEnding.Completed);
        told.ShouldBe(stages);
    }

    [Fact]
    public async Task A_wait_that_is_over_says_that_the_batch_still_runs()
    {
        _handler.Next(200, """{"id":"b","status":"in_progress"}""").Next(200, """{"id":"b","status":"finalizing"}""");
        using GroqClient client = Client();
        Task<BatchOutcome> waiting = client.Batches.WaitAsync("b", Exact with { MaxWait = TimeSpan.FromSeconds(3) });

        await NextWaitAsync();
        _time.Advance(TimeSpan.FromSeconds(3));

        BatchOutcome outcome = await waiting;
        outcome.Ending.ShouldBe(BatchEnding.StillRunning);
        outcome.Batch.Status.ShouldBe(BatchStatus.Finalizing);
        outcome.HasResults.ShouldBeFalse();
    }

    [Fact]
    public async Task Failures_that_may_pass_are_waited_out_but_not_for_ever()
    {
        _handler
            .Next(503, "{}")
            .Next(429, "{}", ("retry-after", "30"))
            .Next(200, """{"id":"b","status":"in_progress"}""")
            .Next(503, "{}")
            .Next(503, "{}")
            .Next(503, "{}");
        using GroqClient client = Client();
        Task<BatchOutcome> waiting = client.Batches.WaitAsync("b", Exact with { MaxFailures = 2 });

        foreach (int seconds in new[] { 5, 30, 20, 40, 60 })
        {
            await NextWaitAsync();
            _time.Pending.ShouldBe([TimeSpan.FromSeconds(seconds)]);
            _time.Advance(TimeSpan.FromSeconds(seconds));
        }

        await Should.ThrowAsync<GroqServerException>(() => waiting);
        _handler.Calls.ShouldBe(6);
    }

    [Fact]
    public async Task A_batch_that_does_not_exist_ends_the_wait_at_once()
    {
        _handler.Next(404, """{"error":{"message":"no"}}""");
        using GroqClient client = Client();

        await Should.ThrowAsync<GroqValidationException>(() => client.Batches.WaitAsync("b"));
    }

    [Fact]
    public async Task A_wait_is_cancelled_at_once()
    {
        _handler.Next(200, """{"id":"b","status":"in_progress"}""");
        using GroqClient client = Client();
        using var source = new CancellationTokenSource();
        Task<BatchOutcome> waiting = client.Batches.WaitAsync("b", Exact, cancellationToken: source.Token);
        await NextWaitAsync();

        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
    }

    private static BatchWaitOptions Exact => new() { Jitter = 0 };

    private GroqClient Client() => Clients.For(_handler, options => options.TimeProvider = _time);

    private Task NextWaitAsync() => _time.WhenArmedAsync().WaitAsync(TimeSpan.FromSeconds(30));

    private sealed class Told(List<string> statuses) : IProgress<Batch>
    {
        public void Report(Batch value) => statuses.Add(value.Status.Value);
    }
}
