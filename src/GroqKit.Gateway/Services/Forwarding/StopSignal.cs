namespace GroqKit.Gateway.Services.Forwarding;

/// <summary>Tells running calls that the grace after the signal to stop is over.</summary>
internal sealed class StopSignal(TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource _graceOver = new(Timeout.InfiniteTimeSpan, time);

    public CancellationToken GraceOver => _graceOver.Token;

    public void EndAfter(TimeSpan grace) => _graceOver.CancelAfter(grace);

    public void Dispose() => _graceOver.Dispose();
}
