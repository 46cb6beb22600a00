using GroqKit.Gateway.Services.Jobs;

namespace GroqKit.Gateway.Services.Webhooks;

/// <summary>Does something with messages that came in. Sources name it.</summary>
internal interface IIncomingHandler
{
    string Name { get; }

    /// <summary>May be begun more than once for a message; what must happen once goes into the outcome's effect.</summary>
    Task<JobOutcome> HandleAsync(IncomingMessage message, CancellationToken cancellationToken);
}
