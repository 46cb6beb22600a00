using GroqKit.Catalog;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Pricing;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Tests.Running;

namespace GroqKit.Gateway.Tests.Services.Forwarding;

[Requirement("GW-02")]
public sealed class CallLifetimeTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Silence_beyond_the_limit_ends_the_call_and_names_the_phase()
    {
        using CallLifetime call = Begin(CancellationToken.None, CancellationToken.None);
        call.BeginWait(TimeSpan.FromSeconds(10), Outcome.HeadersTimeout);
        call.EndWait();
        call.BeginWait(TimeSpan.FromSeconds(5), Outcome.IdleTimeout);

        _time.Advance(TimeSpan.FromSeconds(4.9));
        call.Token.IsCancellationRequested.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(0.2));

        call.Token.IsCancellationRequested.ShouldBeTrue();
        call.Reason.ShouldBe(Outcome.IdleTimeout);
    }

    [Fact]
    public void Pieces_that_keep_coming_keep_the_call_alive()
    {
        using CallLifetime call = Begin(CancellationToken.None, CancellationToken.None);
        for (int i = 0; i < 100; i++)
        {
            call.BeginWait(TimeSpan.FromSeconds(5), Outcome.IdleTimeout);
            _time.Advance(TimeSpan.FromSeconds(4));
            call.EndWait();
        }

        call.Token.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public void Time_that_is_not_the_providers_does_not_count()
    {
        using CallLifetime call = Begin(CancellationToken.None, CancellationToken.None);
        call.BeginWait(TimeSpan.FromSeconds(5), Outcome.IdleTimeout);
        call.EndWait();

        _time.Advance(TimeSpan.FromHours(1));
        call.BeginWait(TimeSpan.FromSeconds(5), Outcome.IdleTimeout);
        _time.Advance(TimeSpan.FromSeconds(4));

        call.Token.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public void The_first_reason_holds()
    {
        using var gone = new CancellationTokenSource();
        using var over = new CancellationTokenSource();
        using CallLifetime call = Begin(gone.Token, over.Token);

        gone.Cancel();
        over.Cancel();

        call.Reason.ShouldBe(Outcome.ClientGone);
    }

    [Fact]
    public void A_call_that_ended_leaves_nothing_armed()
    {
        using var gone = new CancellationTokenSource();
        CallLifetime call = Begin(gone.Token, CancellationToken.None);
        call.BeginWait(TimeSpan.FromSeconds(5), Outcome.IdleTimeout);

        call.Dispose();
        gone.Cancel();

        _time.Pending.ShouldBeEmpty();
        call.Reason.ShouldBeNull();
    }

    private CallLifetime Begin(CancellationToken callerGone, CancellationToken graceOver)
    {
        var key = TestKeys.Of("1111");
        return new CallLifetime(
            _time,
            new RequestMeter("req_1", Operation.Chat, key, _time, new CatalogPrices(PriceList.BuiltIn), []),
            TimeSpan.FromSeconds(5),
            callerGone,
            graceOver
        );
    }
}
