namespace GroqKit.Gateway.Services.Privacy;

/// <summary>Bodies of calls to agents that ask for it, encrypted.</summary>
internal interface IKeptBodies
{
    /// <summary>Keeps one; whoever waits for the answer has it already, so that a failure is only logged.</summary>
    Task KeepAsync(KeptBody body, CancellationToken cancellationToken);
}
