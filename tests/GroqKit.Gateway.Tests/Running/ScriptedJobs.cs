using GroqKit.Gateway.Services.Jobs;

namespace GroqKit.Gateway.Tests.Running;

/// <summary>Does jobs of the kind <c>test</c> as the test says.</summary>
internal sealed class ScriptedJobs(Func<Job, CancellationToken, Task<JobOutcome>> work) : IJobHandler
{
    public string Kind => "test";

    public Task<JobOutcome> RunAsync(Job job, CancellationToken cancellationToken) => work(job, cancellationToken);
}
