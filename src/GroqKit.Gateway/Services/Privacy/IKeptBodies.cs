using GroqKit.Gateway.Services.Jobs;
using GroqKit.Gateway.Services.Secrets;

namespace GroqKit.Gateway.Services.Privacy;

/// <summary>Bodies of calls to agents that ask for it, encrypted.</summary>
internal interface IKeptBodies
{
    /// <summary>Keeps one; whoever waits for the answer has it already, so that a failure is only logged.</summary>
    Task KeepAsync(KeptBody body, CancellationToken cancellationToken);

    /// <summary>Sees whether what is kept can be read.</summary>
    /// <exception cref="SecretException">It can't.</exception>
    Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>Puts all that is under another master key under the present one.</summary>
    /// <returns>How many were moved.</returns>
    /// <exception cref="JobException">One can't be read.</exception>
    Task<int> RewrapAsync(CancellationToken cancellationToken);
}
