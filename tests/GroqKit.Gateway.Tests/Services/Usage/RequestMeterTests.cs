using GroqKit.Catalog;
using GroqKit.Gateway.Services.Pricing;
using GroqKit.Gateway.Services.Providers;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Tests.Running;

namespace GroqKit.Gateway.Tests.Services.Usage;

[Requirement("GW-06")]
public sealed class RequestMeterTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly RecordedUsage _usage = new();

    [Fact]
    public async Task A_call_is_settled_once_whoever_is_first()
    {
        RequestMeter meter = Begin();

        await Parallel.ForAsync(
            0,
            64,
            TestContext.Current.CancellationToken,
            (i, _) =>
            {
                meter.Settle(i % 2 == 0 ? Outcome.Completed : Outcome.ClientGone, 200);
                return ValueTask.CompletedTask;
            }
        );

        _usage.Waiting.ShouldBe(1);
    }

    [Theory]
    [InlineData("Completed", true)]
    [InlineData("ClientGone", true)]
    [InlineData("UpstreamFailed", true)]
    [InlineData("HeadersTimeout", true)]
    [InlineData("IdleTimeout", true)]
    [InlineData("Stopped", true)]
    [InlineData("Refused", false)]
    [InlineData("Unreachable", false)]
    [InlineData("UpstreamRefused", false)]
    public async Task Tokens_are_estimated_where_the_provider_may_have_billed(string outcome, bool estimated)
    {
        RequestMeter meter = Begin();
        meter.PromptBytes = 41;
        meter.CompletionBytes = 9;

        meter.Settle(Enum.Parse<Outcome>(outcome), 200);

        UsageRecord record = await _usage.NextAsync();
        record.Estimated.ShouldBe(estimated);
        record.Usage.ShouldBe(estimated ? new TokenUsage(11, 3, 14) : default);
    }

    [Fact]
    public async Task A_provider_that_gave_up_after_its_first_words_may_have_billed_them()
    {
        RequestMeter meter = Begin();
        meter.PromptBytes = 41;
        meter.OutputBegan();
        meter.CompletionBytes = 9;

        meter.Settle(Outcome.UpstreamRefused, 200);

        (await _usage.NextAsync()).Usage.ShouldBe(new TokenUsage(11, 3, 14));
    }

    [Fact]
    public async Task What_the_provider_reported_is_never_replaced_by_an_estimate()
    {
        RequestMeter meter = Begin();
        meter.PromptBytes = 4000;
        meter.Reported = new TokenUsage(7, 0, 7);

        meter.Settle(Outcome.ClientGone, 200);

        UsageRecord record = await _usage.NextAsync();
        record.Estimated.ShouldBeFalse();
        record.Usage.Total.ShouldBe(7);
    }

    [Fact]
    public async Task Overhead_is_the_time_not_spent_waiting()
    {
        RequestMeter meter = Begin();
        _time.Advance(TimeSpan.FromMilliseconds(2));
        meter.BeginWait();
        _time.Advance(TimeSpan.FromMilliseconds(500));
        meter.EndWait();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        meter.OutputBegan();
        meter.BeginWait();
        _time.Advance(TimeSpan.FromMilliseconds(300));
        meter.EndWait();
        meter.OutputBegan();

        meter.Settle(Outcome.Completed, 200);

        UsageRecord record = await _usage.NextAsync();
        record.Duration.ShouldBe(TimeSpan.FromMilliseconds(803));
        record.Overhead.ShouldBe(TimeSpan.FromMilliseconds(3));
        record.FirstToken.ShouldBe(TimeSpan.FromMilliseconds(503));
    }

    [Fact]
    public async Task A_wait_within_a_wait_counts_once()
    {
        RequestMeter meter = Begin();
        meter.BeginWait();
        _time.Advance(TimeSpan.FromMilliseconds(100));
        meter.BeginWait();
        _time.Advance(TimeSpan.FromMilliseconds(200));
        meter.EndWait();
        _time.Advance(TimeSpan.FromMilliseconds(300));
        meter.EndWait();
        _time.Advance(TimeSpan.FromMilliseconds(4));

        meter.Settle(Outcome.Completed, 200);

        UsageRecord record = await _usage.NextAsync();
        record.Duration.ShouldBe(TimeSpan.FromMilliseconds(604));
        record.Overhead.ShouldBe(TimeSpan.FromMilliseconds(4));
    }

    [Fact]
    public async Task A_call_costs_what_the_catalogue_says_for_its_day()
    {
        RequestMeter meter = Begin();
        meter.Provider = "groq";
        meter.Kind = ProviderKind.Groq;
        meter.Model = GroqModels.GptOss120B;
        meter.Reported = new TokenUsage(1_000_000, 1_000_000, 2_000_000, Cached: 400_000, Reasoning: 5);
        ModelPrice price = ModelCatalog
            .Default.PriceAt(GroqModels.GptOss120B, DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime))
            .ShouldNotBeNull();

        meter.Settle(Outcome.Completed, 200);

        UsageRecord record = await _usage.NextAsync();
        record.Cost.ShouldBe(0.6m * price.Input + 0.4m * price.CachedInput + price.Output);
    }

    [Theory]
    [InlineData(ProviderKind.Groq, "nobody/knows-it")]
    [InlineData(ProviderKind.ElevenLabs, "openai/gpt-oss-120b")]
    [InlineData(null, "openai/gpt-oss-120b")]
    public async Task A_price_that_is_not_known_is_null_and_never_zero(object? kind, string model)
    {
        RequestMeter meter = Begin();
        meter.Provider = "elsewhere";
        meter.Kind = (ProviderKind?)kind;
        meter.Model = model;
        meter.Reported = new TokenUsage(1, 1, 2);

        meter.Settle(Outcome.Completed, 200);

        (await _usage.NextAsync()).Cost.ShouldBeNull();
    }

    [Fact]
    public async Task A_call_that_was_never_made_costs_nothing()
    {
        RequestMeter meter = Begin();
        meter.PromptBytes = 100;

        meter.Settle(Outcome.Unreachable, 502, "upstream_unreachable");

        UsageRecord record = await _usage.NextAsync();
        record.Cost.ShouldBe(0m);
        record.Error.ShouldBe("upstream_unreachable");
    }

    private RequestMeter Begin() =>
        new("req_1", Operation.Chat, TestKeys.Of("1111"), _time, new CatalogPrices(PriceList.BuiltIn), [_usage]);
}
