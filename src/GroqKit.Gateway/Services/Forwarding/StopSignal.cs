namespace GroqKit.Gateway.Services.Forwarding;

/// <summary>Tells running calls that the gateway stops: that nothing new is to begin, and that the grace after that is over.</summary>
internal sealed class StopSignal(TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource _begun = new();
    private readonly CancellationTokenSource _graceOver = new(Timeout.InfiniteTimeSpan, time);

    /// <summary>Cancelled when load balancers have had their time to notice: who waits for nothing does better elsewhere.</summary>
    public CancellationToken Begun => _begun.Token;

    public CancellationToken GraceOver => _graceOver.Token;

    public void EndAfter(TimeSpan grace) => _graceOver.CancelAfter(grace);

    public Task BeginAsync() => _begun.CancelAsync();

    public void Dispose()
    {
        _begun.Dispose();
        _graceOver.Dispose();
    }
}
