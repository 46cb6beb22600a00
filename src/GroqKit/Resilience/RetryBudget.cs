namespace GroqKit.Resilience;

/// <summary>The bucket described by <see cref="RetryBudgetOptions"/>. Safe for all threads; never blocks.</summary>
/// <param name="options">Read once, here.</param>
internal sealed class RetryBudget(RetryBudgetOptions options)
{
    /// <summary>What a call that needed no retry puts in.</summary>
    private const int FirstTryDeposit = 1;

    private readonly bool _enabled = options.Enabled;
    private readonly int _capacity = options.Capacity;
    private readonly int _transientCost = options.TransientCost;
    private readonly int _throttlingCost = options.ThrottlingCost;
    private int _tokens = options.Capacity;

    /// <summary>Tokens left.</summary>
    public int Available => Volatile.Read(ref _tokens);

    /// <summary>Takes the price of one retry, or refuses it when the bucket holds less.</summary>
    /// <param name="throttled">Whether the retry follows a rate limit.</param>
    /// <param name="paid">What was taken; hand it to <see cref="Succeeded"/> when this retry works.</param>
    public bool TrySpend(bool throttled, out int paid)
    {
        paid = 0;
        if (!_enabled)
            return true;
        int price = throttled ? _throttlingCost : _transientCost;
        int seen = Volatile.Read(ref _tokens);
        while (seen >= price)
        {
            int before = Interlocked.CompareExchange(ref _tokens, seen - price, seen);
            if (before == seen)
            {
                paid = price;
                return true;
            }
            seen = before;
        }
        return false;
    }

    /// <summary>A call worked.</summary>
    /// <param name="paid">What its last retry had taken; 0 when it needed none.</param>
    public void Succeeded(int paid)
    {
        int deposit = Math.Max(paid, FirstTryDeposit);
        int seen = Volatile.Read(ref _tokens);
        while (seen < _capacity)
        {
            int before = Interlocked.CompareExchange(ref _tokens, Math.Min(_capacity, seen + deposit), seen);
            if (before == seen)
                return;
            seen = before;
        }
    }
}
