namespace GroqKit.Gateway.Services.Limits;

/// <summary>What was used before this process counted.</summary>
internal interface ILimitHistory
{
    /// <returns>The amount used in the present window, in the unit's smallest parts.</returns>
    /// <exception cref="LimitHistoryException">It can't be known now.</exception>
    Task<long> UsedAsync(LimitSubject subject, LimitUnit unit, LimitWindow window, CancellationToken cancellationToken);
}
