namespace GroqKit.Http;

/// <summary>Ends with the caller's token or after a time, and knows which of the two it was.</summary>
internal sealed class Deadline : CancellationTokenSource
{
    private readonly CancellationTokenRegistration _registration;
    private readonly CancellationToken _caller;

    public Deadline(TimeSpan limit, TimeProvider time, CancellationToken caller)
        : base(limit > TimeSpan.Zero ? limit : TimeSpan.Zero, time)
    {
        _caller = caller;
        _registration = caller.UnsafeRegister(static state => ((Deadline)state!).Cancel(), this);
    }

    public bool HasPassed => IsCancellationRequested && !_caller.IsCancellationRequested;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _registration.Dispose();
        base.Dispose(disposing);
    }
}
