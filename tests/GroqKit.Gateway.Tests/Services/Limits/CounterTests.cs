using FsCheck;
using FsCheck.Fluent;
using GroqKit.Gateway.Services.Limits;
using GroqKit.Gateway.Tests.Services.Limits.Leases;

namespace GroqKit.Gateway.Tests.Services.Limits;

[Requirement("GW-14")]
public sealed class CounterTests
{
    private static readonly LimitSubject Subject = new(LimitScope.Key, "", "key_1");

    private readonly ManualTimeProvider _time = new();
    private readonly GivenHistory _history = new();

    [Fact]
    public void No_minute_wherever_it_begins_sees_more_than_the_limit()
    {
        Gen<(int Pause, int Amount)[]> steps = Gen.Choose(0, 20_000)
            .SelectMany(pause => Gen.Choose(1, 4).Select(amount => (pause, amount)))
            .ArrayOf(200);
        Prop.ForAll(
                steps.ToArbitrary(),
                calls =>
                {
                    var time = new ManualTimeProvider();
                    var counter = new SlidingCounter(time);
                    var granted = new List<(DateTimeOffset At, int Amount)>();
                    foreach ((int pause, int amount) in calls)
                    {
                        time.Advance(TimeSpan.FromMilliseconds(pause / 10));
                        if (Take(counter, amount, 10).Granted)
                            granted.Add((time.GetUtcNow(), amount));
                    }
                    return granted.TrueForAll(first =>
                        granted
                            .Where(call => call.At >= first.At && call.At < first.At.AddSeconds(60))
                            .Sum(call => call.Amount) <= 10
                    );
                }
            )
            .Check(Config.QuickThrowOnFailure);
    }

    [Fact]
    public void A_refusal_says_when_there_is_room_and_is_right()
    {
        var counter = new SlidingCounter(_time);
        Take(counter, 3, 5).Granted.ShouldBeTrue();
        _time.Advance(TimeSpan.FromSeconds(20.3));
        Take(counter, 2, 5).Granted.ShouldBeTrue();

        LimitTake refused = Take(counter, 1, 5);

        refused.Granted.ShouldBeFalse();
        refused.Remaining.ShouldBe(0);
        TimeSpan wait = refused.RetryAfter.ShouldNotBeNull();
        _time.Advance(wait - TimeSpan.FromMilliseconds(1));
        Take(counter, 1, 5).Granted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Take(counter, 3, 5).Granted.ShouldBeTrue();
        Take(counter, 1, 5).Granted.ShouldBeFalse();
    }

    [Fact]
    public void Waiting_does_not_help_a_call_that_needs_more_than_the_limit()
    {
        Take(new SlidingCounter(_time), 6, 5).RetryAfter.ShouldBeNull();
        Take(Period(LimitWindow.Day), 6, 5).RetryAfter.ShouldBeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_was_not_used_is_given_back_and_what_was_used_beyond_is_taken(bool minute)
    {
        ILimitCounter counter = minute ? new SlidingCounter(_time) : Period(LimitWindow.Day);
        LimitTake taken = Take(counter, 8, 10);

        counter.Settle(taken.Stamp, 8, 3);
        LimitTake next = Take(counter, 6, 10);
        next.Granted.ShouldBeTrue();
        counter.Settle(next.Stamp, 6, 7);

        Take(counter, 1, 10).Granted.ShouldBeFalse();
    }

    [Theory]
    [InlineData(true, 61)]
    [InlineData(false, 86_400)]
    public void A_correction_of_a_window_that_is_over_changes_nothing(bool minute, int seconds)
    {
        ILimitCounter counter = minute ? new SlidingCounter(_time) : Period(LimitWindow.Day);
        LimitTake taken = Take(counter, 5, 10);
        _time.Advance(TimeSpan.FromSeconds(seconds));

        counter.Settle(taken.Stamp, 5, 0);

        Take(counter, 10, 10).Granted.ShouldBeTrue();
        Take(counter, 1, 10).Granted.ShouldBeFalse();
    }

    [Fact]
    public void Days_and_months_are_those_of_utc()
    {
        PeriodCounter day = Period(LimitWindow.Day);
        PeriodCounter month = Period(LimitWindow.Month);
        Take(day, 10, 10).Granted.ShouldBeTrue();
        Take(month, 10, 10).Granted.ShouldBeTrue();
        TimeSpan untilTomorrow = Take(day, 1, 10).RetryAfter.ShouldNotBeNull();
        TimeSpan untilNextMonth = Take(month, 1, 10).RetryAfter.ShouldNotBeNull();

        (_time.GetUtcNow() + untilTomorrow).UtcDateTime.ShouldBe(_time.GetUtcNow().UtcDateTime.Date.AddDays(1));
        (_time.GetUtcNow() + untilNextMonth).Day.ShouldBe(1);
        _time.Advance(untilTomorrow);
        Take(day, 10, 10).Granted.ShouldBeTrue();
        Take(month, 1, 10).Granted.ShouldBeFalse();
        _time.Advance(untilNextMonth - untilTomorrow);
        Take(month, 10, 10).Granted.ShouldBeTrue();
    }

    [Fact]
    public void What_was_used_before_the_process_began_counts()
    {
        _history.Used = 9;

        Take(Period(LimitWindow.Month), 2, 10).Remaining.ShouldBe(1);
    }

    [Fact]
    public void A_history_that_cannot_be_read_refuses_money_and_is_asked_again()
    {
        PeriodCounter money = new(Subject, LimitUnit.Cost, LimitWindow.Day, _history, _time);
        PeriodCounter requests = Period(LimitWindow.Day);
        _history.Fails = true;

        Take(money, 1, 10).Unavailable.ShouldBeTrue();
        LimitTake passed = Take(requests, 1, 10);
        passed.Granted.ShouldBeTrue();
        _history.Fails = false;
        requests.Settle(passed.Stamp, 1, 0);

        Take(money, 1, 10).Granted.ShouldBeTrue();
        Take(requests, 10, 10).Granted.ShouldBeTrue();
    }

    private PeriodCounter Period(LimitWindow window) => new(Subject, LimitUnit.Requests, window, _history, _time);

    private static LimitTake Take(ILimitCounter counter, long amount, long limit)
    {
        ValueTask<LimitTake> take = counter.TakeAsync(amount, limit, TestContext.Current.CancellationToken);
        return take.IsCompletedSuccessfully ? take.Result : throw new InvalidOperationException("It should not wait.");
    }
}
