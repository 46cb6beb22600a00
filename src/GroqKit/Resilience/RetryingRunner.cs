using GroqKit.Http;
using Polly;

namespace GroqKit.Resilience;

/// <summary>The client's own way: retries around attempts that may be hedged.</summary>
internal sealed class RetryingRunner(ResiliencePipeline<ApiCall> retries, HedgedAttempt attempt) : ICallRunner
{
    public async ValueTask<Outcome<ApiCall>> RunAsync(ApiCall call, CancellationToken cancellationToken)
    {
        ResilienceContext context = ResilienceContextPool.Shared.Get(
            continueOnCapturedContext: false,
            cancellationToken
        );
        try
        {
            context.Properties.Set(ResiliencePipelines.CallKey, call);
            return await retries
                .ExecuteOutcomeAsync(
                    static (context, state) => state.Attempt.RunAsync(state.Call, context.CancellationToken),
                    context,
                    (Attempt: attempt, Call: call)
                )
                .ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }
}
