using FsCheck;
using FsCheck.Fluent;
using GroqKit.Catalog;

namespace GroqKit.Tests.Catalog;

[Requirement("CL-16", "PR-07")]
public sealed class ModelPriceTests
{
    private static readonly ModelPrice Tokens = new()
    {
        Input = 0.15m,
        CachedInput = 0.075m,
        Output = 0.60m,
    };

    private static readonly ModelPrice Audio = new() { PerAudioHour = 0.111m, MinimumAudioSeconds = 10 };

    private static readonly ModelPrice Speech = new() { PerMillionCharacters = 22m };

    private static readonly Arbitrary<ModelUsage> AnyTokens = (
        from input in Gen.Choose(0, int.MaxValue)
        from cached in Gen.Choose(0, int.MaxValue)
        from output in Gen.Choose(0, int.MaxValue)
        select new ModelUsage
        {
            InputTokens = input,
            CachedInputTokens = Math.Min(cached, input),
            OutputTokens = output,
        }
    ).ToArbitrary();

    [Fact]
    public void Tokens_are_charged_per_million_with_the_cached_ones_at_their_own_price()
    {
        ModelUsage usage = new()
        {
            InputTokens = 1_000_000,
            CachedInputTokens = 400_000,
            OutputTokens = 500_000,
        };
        Tokens.CostOf(usage).ShouldBe(0.09m + 0.03m + 0.30m);
    }

    [Fact]
    public void A_single_token_costs_its_exact_fraction_of_a_cent()
    {
        Tokens.CostOf(new ModelUsage { InputTokens = 1 }).ShouldBe(0.00000015m);
        Tokens.CostOf(new ModelUsage { OutputTokens = 1 }).ShouldBe(0.0000006m);
    }

    [Fact]
    public void More_cached_than_input_tokens_count_as_all_cached() =>
        Tokens.CostOf(new ModelUsage { InputTokens = 1_000_000, CachedInputTokens = 2_000_000 }).ShouldBe(0.075m);

    [Fact]
    public void A_batch_costs_half_and_does_not_add_the_discount_for_cached_input()
    {
        ModelUsage usage = new()
        {
            InputTokens = 1_000_000,
            CachedInputTokens = 1_000_000,
            OutputTokens = 1_000_000,
            IsBatch = true,
        };
        Tokens.CostOf(usage).ShouldBe((0.15m + 0.60m) / 2);
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(0.01, 10)]
    [InlineData(9.99, 10)]
    [InlineData(10, 10)]
    [InlineData(10.5, 10.5)]
    [InlineData(3600, 3600)]
    public void Audio_is_charged_by_length_but_for_ten_seconds_at_least(double seconds, double billed)
    {
        ModelUsage usage = new() { Audio = TimeSpan.FromSeconds(seconds) };
        Audio.CostOf(usage).ShouldBe((decimal)billed * 0.111m / 3600m);
    }

    [Fact]
    public void An_hour_of_audio_costs_exactly_the_price_of_an_hour() =>
        Audio.CostOf(new ModelUsage { Audio = TimeSpan.FromHours(1) }).ShouldBe(0.111m);

    [Fact]
    public void Speech_is_charged_by_character() =>
        Speech.CostOf(new ModelUsage { Characters = 200 }).ShouldBe(0.0044m);

    [Fact]
    public void Anything_used_that_has_no_price_makes_the_cost_unknown()
    {
        Tokens.CostOf(new ModelUsage { Characters = 1 }).ShouldBeNull();
        Tokens.CostOf(new ModelUsage { Audio = TimeSpan.FromSeconds(1) }).ShouldBeNull();
        Audio.CostOf(new ModelUsage { OutputTokens = 1 }).ShouldBeNull();
        Speech.CostOf(new ModelUsage { InputTokens = 1 }).ShouldBeNull();
        ModelPrice uncached = Tokens with { CachedInput = null };
        uncached.CostOf(new ModelUsage { InputTokens = 5, CachedInputTokens = 1 }).ShouldBeNull();
        uncached.CostOf(new ModelUsage { InputTokens = 5 }).ShouldNotBeNull();
    }

    [Fact]
    public void Nothing_used_costs_nothing_where_a_price_is_known() => Tokens.CostOf(default).ShouldBe(0m);

    [Fact]
    public void Tokens_of_two_requests_cost_the_sum_of_both()
    {
        Prop.ForAll(
                AnyTokens,
                AnyTokens,
                (left, right) =>
                    Tokens.CostOf(
                        new ModelUsage
                        {
                            InputTokens = left.InputTokens + right.InputTokens,
                            CachedInputTokens = left.CachedInputTokens + right.CachedInputTokens,
                            OutputTokens = left.OutputTokens + right.OutputTokens,
                        }
                    )
                    == Tokens.CostOf(left) + Tokens.CostOf(right)
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_cost_is_never_negative_and_caching_never_raises_it()
    {
        Prop.ForAll(
                AnyTokens,
                usage =>
                    Tokens.CostOf(usage) >= 0m
                    && Tokens.CostOf(usage) <= Tokens.CostOf(usage with { CachedInputTokens = 0 })
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_batch_is_never_dearer_than_half_of_the_uncached_cost()
    {
        Prop.ForAll(
                AnyTokens,
                usage =>
                    Tokens.CostOf(usage with { IsBatch = true })
                    == Tokens.CostOf(usage with { CachedInputTokens = 0 }) / 2m
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Longer_audio_never_costs_less()
    {
        Arbitrary<int> milliseconds = Gen.Choose(0, 100_000_000).ToArbitrary();
        Prop.ForAll(
                milliseconds,
                milliseconds,
                (left, right) => CostOfAudio(Math.Min(left, right)) <= CostOfAudio(Math.Max(left, right))
            )
            .QuickCheckThrowOnFailure();

        static decimal? CostOfAudio(int milliseconds) =>
            Audio.CostOf(new ModelUsage { Audio = TimeSpan.FromMilliseconds(milliseconds) });
    }

    [Fact]
    public void The_largest_amounts_at_the_highest_price_do_not_overflow()
    {
        ModelPrice dear = new()
        {
            Input = 1_000_000m,
            CachedInput = 1_000_000m,
            Output = 1_000_000m,
            PerAudioHour = 1_000_000m,
            PerMillionCharacters = 1_000_000m,
        };
        ModelUsage all = new()
        {
            InputTokens = long.MaxValue,
            CachedInputTokens = long.MaxValue / 2,
            OutputTokens = long.MaxValue,
            Characters = long.MaxValue,
            Audio = TimeSpan.MaxValue,
        };
        dear.CostOf(all).ShouldNotBeNull().ShouldBeGreaterThan(long.MaxValue);
    }

    [Fact]
    public void A_negative_amount_is_refused_by_name()
    {
        Should
            .Throw<ArgumentOutOfRangeException>(() => new ModelUsage { InputTokens = -1 })
            .ParamName.ShouldBe("InputTokens");
        Should
            .Throw<ArgumentOutOfRangeException>(() => new ModelUsage { CachedInputTokens = -1 })
            .ParamName.ShouldBe("CachedInputTokens");
        Should
            .Throw<ArgumentOutOfRangeException>(() => new ModelUsage { OutputTokens = -1 })
            .ParamName.ShouldBe("OutputTokens");
        Should
            .Throw<ArgumentOutOfRangeException>(() => new ModelUsage { Characters = -1 })
            .ParamName.ShouldBe("Characters");
        Should
            .Throw<ArgumentOutOfRangeException>(() => new ModelUsage { Audio = TimeSpan.FromTicks(-1) })
            .ParamName.ShouldBe("Audio");
    }
}
