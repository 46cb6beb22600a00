namespace GroqKit.Gateway.Services.Limits;

/// <summary>What one subject used of one unit in one window. Thread-safe; never more is granted than the limit allows.</summary>
internal interface ILimitCounter
{
    /// <summary>Takes an amount, or nothing.</summary>
    /// <param name="amount">How much, in the unit's smallest parts.</param>
    /// <param name="limit">How much the window allows.</param>
    /// <param name="cancellationToken">Ends the wait where a counter has to ask elsewhere.</param>
    ValueTask<LimitTake> TakeAsync(long amount, long limit, CancellationToken cancellationToken);

    /// <summary>Ends a granted take, once: what wasn't used is free again, what was used beyond is counted.</summary>
    /// <param name="stamp">From the take.</param>
    /// <param name="taken">What was taken.</param>
    /// <param name="used">What was used.</param>
    void Settle(long stamp, long taken, long used);
}
