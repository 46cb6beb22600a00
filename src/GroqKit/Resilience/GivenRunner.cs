using GroqKit.Http;
using Polly;

namespace GroqKit.Resilience;

/// <summary>Leaves the attempts to what the client was given.</summary>
internal sealed class GivenRunner(IGroqResilience resilience, GuardedAttempt attempt, TimeProvider time) : ICallRunner
{
    public async ValueTask<Outcome<ApiCall>> RunAsync(ApiCall call, CancellationToken cancellationToken)
    {
        try
        {
            await resilience
                .ExecuteAsync(new ResilientCall(call, attempt, time), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception error)
        {
            call.Discard();
            return Outcome.FromException<ApiCall>(error);
        }
        return call.Response is null
            ? Outcome.FromException<ApiCall>(
                new InvalidOperationException($"{resilience.GetType()} returned without an attempt that worked.")
            )
            : Outcome.FromResult(call);
    }
}
