namespace GroqKit.Gateway.Services.Jobs;

/// <summary>Does jobs of one kind. May be begun more than once for a job; what must happen once goes into the outcome's effect.</summary>
internal interface IJobHandler
{
    string Kind { get; }

    /// <summary>Does a job, or says how it failed. What it throws counts as a failure that may go better later.</summary>
    /// <param name="job">What to do.</param>
    /// <param name="cancellationToken">Ends the work when the lease is lost or the node stops.</param>
    Task<JobOutcome> RunAsync(Job job, CancellationToken cancellationToken);
}
