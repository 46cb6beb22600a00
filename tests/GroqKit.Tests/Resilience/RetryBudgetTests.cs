using GroqKit.Resilience;

namespace GroqKit.Tests.Resilience;

[Requirement("CL-19")]
public sealed class RetryBudgetTests
{
    [Fact]
    public void A_full_bucket_allows_35_retries_after_errors_of_the_server()
    {
        var budget = new RetryBudget(new RetryBudgetOptions());

        Enumerable.Range(0, 1000).Count(_ => budget.TrySpend(throttled: false, out int _)).ShouldBe(35);
        budget.Available.ShouldBe(500 - 35 * 14);
    }

    [Fact]
    public void A_full_bucket_allows_100_retries_after_rate_limits()
    {
        var budget = new RetryBudget(new RetryBudgetOptions());

        Enumerable.Range(0, 1000).Count(_ => budget.TrySpend(throttled: true, out int _)).ShouldBe(100);
    }

    [Fact]
    public void A_retry_that_works_gives_back_what_it_took_and_a_first_try_gives_one()
    {
        var budget = new RetryBudget(new RetryBudgetOptions());
        budget.TrySpend(throttled: false, out int first);
        budget.TrySpend(throttled: true, out int second);
        budget.Available.ShouldBe(481);

        budget.Succeeded(second);
        budget.Available.ShouldBe(486);
        budget.Succeeded(first);
        budget.Available.ShouldBe(500);

        budget.TrySpend(throttled: true, out int _);
        budget.Succeeded(paid: 0);
        budget.Available.ShouldBe(496);
    }

    [Fact]
    public void The_bucket_never_holds_more_than_its_capacity()
    {
        var budget = new RetryBudget(new RetryBudgetOptions { Capacity = 20 });
        budget.TrySpend(throttled: true, out int paid);

        for (int i = 0; i < 10; i++)
            budget.Succeeded(paid);

        budget.Available.ShouldBe(20);
    }

    [Fact]
    public void An_empty_bucket_refuses_until_successes_have_refilled_it()
    {
        var budget = new RetryBudget(new RetryBudgetOptions { Capacity = 14 });
        budget.TrySpend(throttled: false, out int _).ShouldBeTrue();
        budget.TrySpend(throttled: false, out int paid).ShouldBeFalse();
        paid.ShouldBe(0);

        for (int i = 0; i < 13; i++)
            budget.Succeeded(paid: 0);
        budget.TrySpend(throttled: false, out int _).ShouldBeFalse();
        budget.Succeeded(paid: 0);

        budget.TrySpend(throttled: false, out int _).ShouldBeTrue();
    }

    [Fact]
    public void Switched_off_it_refuses_nothing()
    {
        var budget = new RetryBudget(new RetryBudgetOptions { Enabled = false });

        Enumerable.Range(0, 1000).All(_ => budget.TrySpend(throttled: false, out int _)).ShouldBeTrue();
    }

    [Fact]
    public async Task Parallel_retries_and_successes_leave_the_sum_right()
    {
        var budget = new RetryBudget(new RetryBudgetOptions());

        int[] granted = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ =>
                    Task.Run(() => Enumerable.Range(0, 500).Count(_ => budget.TrySpend(throttled: false, out int _)))
                )
        );

        granted.Sum().ShouldBe(35);
        budget.Available.ShouldBe(10);
        await Task.WhenAll(Enumerable.Range(0, 7).Select(_ => Task.Run(() => GiveBack(budget, 70))));
        budget.Available.ShouldBe(500);
    }

    private static void GiveBack(RetryBudget budget, int times)
    {
        for (int i = 0; i < times; i++)
            budget.Succeeded(paid: 0);
    }
}
