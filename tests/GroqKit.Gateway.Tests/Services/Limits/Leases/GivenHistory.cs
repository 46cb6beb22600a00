using GroqKit.Gateway.Services.Limits;

namespace GroqKit.Gateway.Tests.Services.Limits.Leases;

/// <summary>A database that says what the test wants it to.</summary>
internal sealed class GivenHistory : ILimitHistory
{
    public long Used { get; set; }

    public bool Fails { get; set; }

    public bool StandsStill { get; set; }

    public Task<long> UsedAsync(
        LimitSubject subject,
        LimitUnit unit,
        LimitWindow window,
        CancellationToken cancellationToken
    ) =>
        StandsStill ? new TaskCompletionSource<long>().Task
        : Fails ? Task.FromException<long>(new LimitHistoryException("away"))
        : Task.FromResult(Used);
}
