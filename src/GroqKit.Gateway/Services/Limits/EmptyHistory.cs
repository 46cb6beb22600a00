namespace GroqKit.Gateway.Services.Limits;

/// <summary>For a gateway that keeps nothing beyond its process: its windows begin empty.</summary>
internal sealed class EmptyHistory : ILimitHistory
{
    public Task<long> UsedAsync(
        LimitSubject subject,
        LimitUnit unit,
        LimitWindow window,
        CancellationToken cancellationToken
    ) => Task.FromResult(0L);
}
