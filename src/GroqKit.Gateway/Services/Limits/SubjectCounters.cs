namespace GroqKit.Gateway.Services.Limits;

/// <summary>The counters of one subject, made when first needed. Thread-safe.</summary>
internal sealed class SubjectCounters(LimitSubject subject, ILimitCounters counters)
{
    private const int Windows = 3;

    private readonly ILimitCounter?[] _counters = new ILimitCounter?[5 * Windows];

    public ILimitCounter Get(LimitUnit unit, LimitWindow window)
    {
        ref ILimitCounter? counter = ref _counters[(int)unit * Windows + (int)window];
        if (Volatile.Read(ref counter) is { } there)
            return there;
        ILimitCounter made = counters.Create(subject, unit, window);
        return Interlocked.CompareExchange(ref counter, made, null) ?? made;
    }
}
