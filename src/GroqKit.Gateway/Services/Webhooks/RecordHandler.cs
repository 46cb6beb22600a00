using GroqKit.Gateway.Services.Jobs;

namespace GroqKit.Gateway.Services.Webhooks;

/// <summary>Keeps messages and does nothing else, for sources whose messages are only looked at.</summary>
internal sealed class RecordHandler : IIncomingHandler
{
    public string Name => "record";

    public Task<JobOutcome> HandleAsync(IncomingMessage message, CancellationToken cancellationToken) =>
        Task.FromResult(JobOutcome.Done());
}
