using GroqKit.Providers.Fallback;
using GroqKit.Simulator.Hosting;

namespace GroqKit.Providers.Tests.Matrix;

/// <summary>
/// A chain of two over real HTTP, of which the first fails: one answer or one error, in time, for a reason that the trace tells, with nothing
/// said twice and the work of both counted.
/// </summary>
[Requirement("PR-05", "PR-09")]
public sealed class FaultMatrixTests(WireSimulator simulator) : IClassFixture<WireSimulator>
{
    private const string ShortText = "Tell a story.";

    private static readonly ProviderService[] Services =
    [
        ProviderService.Llm,
        ProviderService.SpeechToText,
        ProviderService.TextToSpeech,
    ];

    public static TheoryData<string, ProviderService, string, bool> BeforeOutput()
    {
        var cells = new TheoryData<string, ProviderService, string, bool>();
        foreach (var (row, service) in Cells(afterOutput: false))
        {
            foreach (string kind in WireChain.KindsOf(service))
            {
                cells.Add(row.Name, service, kind, true);
                cells.Add(row.Name, service, kind, false);
            }
        }
        return cells;
    }

    public static TheoryData<string, ProviderService, string> AfterOutput()
    {
        var cells = new TheoryData<string, ProviderService, string>();
        foreach (var (row, service) in Cells(afterOutput: true))
        {
            foreach (string kind in WireChain.KindsOf(service))
                cells.Add(row.Name, service, kind);
        }
        return cells;
    }

    public static TheoryData<string, string, BreakPolicy> Mendable()
    {
        var cells = new TheoryData<string, string, BreakPolicy>();
        foreach (var (row, service) in Cells(afterOutput: true))
        {
            if (service != ProviderService.Llm)
                continue;
            cells.Add(row.Name, "groq", BreakPolicy.Continue);
            cells.Add(row.Name, "groq", BreakPolicy.Restart);
            cells.Add(row.Name, "openai", BreakPolicy.Restart);
        }
        return cells;
    }

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(BeforeOutput))]
    public async Task A_failure_before_output_is_answered_by_the_second(
        string fault,
        ProviderService service,
        string first,
        bool streams
    )
    {
        FaultRow row = FaultMatrix.Find(fault);
        using var alone = WireChain.Second(simulator.Server, service, first, ShortText);
        string expected = await alone.AskAsync(streams);
        using var chain = WireChain.Create(simulator.Server, service, first, row.Before, ShortText);

        Task<string> asking = chain.AskAsync(streams);
        await chain.PassDeadlineAsync(row.Hang);

        (await asking).ShouldBe(expected);
        chain.Trace.Steps.Count.ShouldBe(2);
        FallbackStep failed = chain.Trace.Steps[0];
        failed.Outcome.ShouldBe(FallbackStepOutcome.Failed);
        row.Failures.ShouldContain(failed.Failure!.Value);
        failed.Reason.ShouldNotBeNullOrEmpty();
        failed.Reason.ShouldNotContain(WireChain.Key);
        (failed.Usage is not null || failed.MayBeBilled || IsRefusal(failed.Failure.Value)).ShouldBeTrue();
        FallbackStep served = chain.Trace.Steps[1];
        served.Outcome.ShouldBe(FallbackStepOutcome.Completed);
        served.Usage.ShouldNotBeNull();
        chain.SecondRequests.ShouldBe(1);
    }

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(AfterOutput))]
    public async Task A_failure_after_output_is_one_error_and_the_second_is_not_asked(
        string fault,
        ProviderService service,
        string first
    )
    {
        FaultRow row = FaultMatrix.Find(fault);
        using var alone = WireChain.Create(simulator.Server, service, first, "latency:ms=0");
        string whole = await alone.AskAsync(streams: true);
        using var chain = WireChain.Create(simulator.Server, service, first, row.After);

        Task<string> asking = chain.AskAsync(streams: true);
        await chain.PassGapAsync(row.Hang, asking);
        FallbackException error = await Should.ThrowAsync<FallbackException>(() => asking);

        row.Failures.ShouldContain(error.Failure);
        chain.Heard.ShouldNotBeEmpty();
        if (row.Name != "silent audio")
            whole.ShouldStartWith(string.Concat(chain.Heard));
        FallbackStep broke = error.Trace.Steps[0];
        error.Trace.Steps.Skip(1).ShouldAllBe(step => step.Outcome == FallbackStepOutcome.Skipped);
        error.Trace.FellBack.ShouldBeFalse();
        broke.Outcome.ShouldBe(FallbackStepOutcome.Broke);
        broke.Reason.ShouldNotBeNullOrEmpty();
        (broke.Usage is not null || broke.MayBeBilled).ShouldBeTrue();
        chain.SecondRequests.ShouldBe(0);
    }

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Mendable))]
    public async Task A_failure_after_output_can_be_mended_and_is_announced_once(
        string fault,
        string first,
        BreakPolicy policy
    )
    {
        FaultRow row = FaultMatrix.Find(fault);
        using var chain = WireChain.Create(simulator.Server, ProviderService.Llm, first, row.After);

        Task<string> asking = chain.AskAsync(streams: true, new FallbackOptions { OnBreak = policy });
        await chain.PassGapAsync(row.Hang, asking);
        await asking;

        FallbackSwitch change = chain.Switches.ShouldHaveSingleItem();
        change.Restarted.ShouldBe(policy is BreakPolicy.Restart);
        row.Failures.ShouldContain(change.Reason);
        chain
            .Trace.Steps.Select(step => step.Outcome)
            .ShouldBe([FallbackStepOutcome.Broke, FallbackStepOutcome.Completed]);
        (chain.Trace.Steps[0].Usage is not null || chain.Trace.Steps[0].MayBeBilled).ShouldBeTrue();
        chain.Trace.Steps[1].Usage.ShouldNotBeNull();
        chain.SecondRequests.ShouldBe(1);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(ProviderService.Llm, "groq")]
    [InlineData(ProviderService.Llm, "openai")]
    [InlineData(ProviderService.SpeechToText, "groq")]
    [InlineData(ProviderService.SpeechToText, "openai")]
    [InlineData(ProviderService.SpeechToText, "elevenlabs")]
    [InlineData(ProviderService.TextToSpeech, "groq")]
    [InlineData(ProviderService.TextToSpeech, "openai")]
    [InlineData(ProviderService.TextToSpeech, "elevenlabs")]
    public async Task The_callers_mistake_never_reaches_the_second(ProviderService service, string first)
    {
        foreach (bool streams in (bool[])[true, false])
        {
            using var chain = WireChain.Create(simulator.Server, service, first, "400");

            FallbackException error = await Should.ThrowAsync<FallbackException>(() => chain.AskAsync(streams));

            error.Failure.ShouldBe(ProviderFailure.CallerMistake);
            chain.SecondRequests.ShouldBe(0);
        }
    }

    [Fact]
    public void Every_cell_is_run_or_explained()
    {
        int run = Cells(afterOutput: false).Count() + Cells(afterOutput: true).Count();
        string[] explained =
        [
            .. from afterOutput in (bool[])[false, true]
            from row in FaultMatrix.Rows
            from service in Services
            let reason = FaultMatrix.WhyNot(row, service, afterOutput)
            where reason is not null
            select $"{row.Name}, {service.ToName()}, {(afterOutput ? "after" : "before")}: {reason}",
        ];

        foreach (string cell in explained)
            TestContext.Current.TestOutputHelper?.WriteLine(cell);
        (run + explained.Length).ShouldBe(FaultMatrix.Rows.Count * Services.Length * 2);
        explained.ShouldAllBe(cell => cell.Length > 40);
    }

    private static IEnumerable<(FaultRow Row, ProviderService Service)> Cells(bool afterOutput) =>
        from row in FaultMatrix.Rows
        from service in Services
        where FaultMatrix.WhyNot(row, service, afterOutput) is null
        select (row, service);

    // What was refused outright did no work that could be billed.
    private static bool IsRefusal(ProviderFailure failure) =>
        failure
            is ProviderFailure.Refused
                or ProviderFailure.Authentication
                or ProviderFailure.Permission
                or ProviderFailure.RateLimited
                or ProviderFailure.ContextLength
                or ProviderFailure.Overloaded
                or ProviderFailure.Server;
}
