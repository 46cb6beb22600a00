namespace GroqKit.TestKit.Tests;

public sealed class LivedTimeProviderTests : IDisposable
{
    private static readonly TimeSpan SafetyTimeout = TimeSpan.FromSeconds(30);

    private readonly LivedTimeProvider _time = new();

    public void Dispose() => _time.Dispose();

    [Fact]
    public async Task A_wait_ends_when_its_time_has_passed_and_not_before()
    {
        var wait = TimeSpan.FromMilliseconds(50);
        long began = _time.GetTimestamp();

        await Task.Delay(wait, _time, TestContext.Current.CancellationToken)
            .WaitAsync(SafetyTimeout, TestContext.Current.CancellationToken);

        _time.GetElapsedTime(began).ShouldBeGreaterThanOrEqualTo(wait);
    }

    [Fact]
    public async Task A_timer_comes_again_until_it_is_told_otherwise()
    {
        using var fired = new SemaphoreSlim(0);
        await using ITimer timer = _time.CreateTimer(
            _ => fired.Release(),
            null,
            TimeSpan.Zero,
            TimeSpan.FromMilliseconds(1)
        );

        for (int i = 0; i < 3; i++)
            (await fired.WaitAsync(SafetyTimeout, TestContext.Current.CancellationToken)).ShouldBeTrue();
    }

    [Fact]
    public async Task What_this_process_did_not_live_through_takes_no_time()
    {
        var time = new LivedTimeProvider();
        // As in a pause of the machine nobody gets to run, the clock's own ticks neither.
        time.Dispose();
        long began = time.GetTimestamp();

        await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, TestContext.Current.CancellationToken);

        time.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromMilliseconds(100));
        time.GetUtcNow().ShouldBeLessThan(TimeProvider.System.GetUtcNow());
    }
}
