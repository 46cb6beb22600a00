namespace GroqKit.Gateway.Services.Limits;

/// <summary>Counters in memory: exact for one node.</summary>
internal sealed class LocalCounters(ILimitHistory history, TimeProvider time) : ILimitCounters
{
    public ILimitCounter Create(LimitSubject subject, LimitUnit unit, LimitWindow window) =>
        window == LimitWindow.Minute
            ? new SlidingCounter(time)
            : new PeriodCounter(subject, unit, window, history, time);
}
