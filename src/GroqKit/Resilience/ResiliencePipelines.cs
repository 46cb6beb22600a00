using GroqKit.Http;
using Polly;
using Polly.Retry;

namespace GroqKit.Resilience;

/// <summary>Puts together what stands between a call and its attempts, outermost first.</summary>
internal static class ResiliencePipelines
{
    /// <summary>Under which the pipeline's strategies find the call.</summary>
    public static ResiliencePropertyKey<ApiCall> CallKey { get; } = new("groqkit.call");

    public static ResiliencePipeline<ApiCall> Build(RetryDecision decision, TimeProvider time) =>
        new ResiliencePipelineBuilder<ApiCall> { TimeProvider = time }
            .AddRetry(Retry(decision))
            .Build();

    private static RetryStrategyOptions<ApiCall> Retry(RetryDecision decision) =>
        new()
        {
            // The number of retries belongs to the call, so the decision counts them.
            MaxRetryAttempts = int.MaxValue,
            ShouldHandle = args =>
            {
                if (args.Outcome.Exception is not { } failure)
                    return PredicateResult.False();
                ApiCall call = args.Context.Properties.GetValue(CallKey, null!);
                call.NextDelay = decision.DelayBefore(call, failure);
                return call.NextDelay is null ? PredicateResult.False() : PredicateResult.True();
            },
            DelayGenerator = static args =>
                ValueTask.FromResult(args.Context.Properties.GetValue(CallKey, null!).NextDelay),
        };
}
