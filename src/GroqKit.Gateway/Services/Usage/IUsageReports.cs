namespace GroqKit.Gateway.Services.Usage;

/// <summary>Reads accounts. Off the hot path; a call shows up here within about a second of its end.</summary>
internal interface IUsageReports
{
    /// <summary>The newest accounts first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="before">Only those older than this one; null begins with the newest.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    Task<IReadOnlyList<UsageRecord>> ListAsync(
        UsageFilter filter,
        UsagePlace? before,
        int count,
        CancellationToken cancellationToken
    );

    /// <summary>Sums, one for each combination of the groups' values, in their order; one of all when there are no groups.</summary>
    /// <param name="filter">Which accounts; the request id doesn't count.</param>
    /// <param name="groups">What to divide by.</param>
    /// <param name="count">How many sums at most.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    Task<IReadOnlyList<UsageSummary>> SummarizeAsync(
        UsageFilter filter,
        IReadOnlyList<UsageGroup> groups,
        int count,
        CancellationToken cancellationToken
    );
}
