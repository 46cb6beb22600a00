using GroqKit.Http;
using Polly;

namespace GroqKit.Resilience;

/// <summary>Makes the attempts at calls. Safe for all threads.</summary>
internal interface ICallRunner
{
    /// <returns>The call with its answer; or why there is none, which leaves nothing open.</returns>
    ValueTask<Outcome<ApiCall>> RunAsync(ApiCall call, CancellationToken cancellationToken);
}
