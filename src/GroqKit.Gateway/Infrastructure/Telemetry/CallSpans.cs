using System.Diagnostics;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Infrastructure.Telemetry;

/// <summary>
/// Tells on the server's span what a call was about. Registered only where spans are exported; a call that isn't sampled has no span and
/// costs one look.
/// </summary>
internal sealed class CallSpans : IUsageSink
{
    public void Record(in UsageRecord record)
    {
        if (Activity.Current is not { IsAllDataRequested: true } span)
            return;
        Identify(span, in record);
        Measure(span, in record);
        string outcome = OutcomeNames.Of(record.Outcome);
        span.SetTag(SpanNames.Outcome, outcome);
        if (record.Outcome is Outcome.Completed)
            return;
        span.SetTag(SpanNames.ErrorType, record.Error ?? outcome);
        // The caller's own mistakes and its leaving are no errors of the server.
        if (record.Outcome is not (Outcome.Refused or Outcome.ClientGone) && record.Status is 0 or 200 or >= 500)
            span.SetStatus(ActivityStatusCode.Error);
    }

    private static void Identify(Activity span, in UsageRecord record)
    {
        span.SetTag(SpanNames.OperationName, SpanNames.OperationOf(record.Operation));
        span.SetTag(SpanNames.RequestId, record.RequestId);
        span.SetTag(SpanNames.Tenant, record.Tenant);
        span.SetTag(SpanNames.KeyId, record.KeyId);
        span.SetTag(SpanNames.KeyName, record.KeyName);
        span.SetTag(SpanNames.ProviderName, record.Provider);
        span.SetTag(SpanNames.RequestModel, record.Model);
        span.SetTag(SpanNames.AgentName, record.Agent);
        span.SetTag(SpanNames.ConversationId, record.Conversation);
        span.SetTag(SpanNames.Fallback, record.Fallback);
        if (record.Retries is { Count: > 0 } retries)
            span.SetTag(SpanNames.Attempts, retries.Count + 1);
        if (record.Cached)
            span.SetTag(SpanNames.CacheHit, value: true);
        if (record.Streamed)
            span.SetTag(SpanNames.RequestStream, value: true);
        if (record.FinishReason is { } reason)
            span.SetTag(SpanNames.FinishReasons, new[] { reason });
    }

    private static void Measure(Activity span, in UsageRecord record)
    {
        if (!record.Usage.IsEmpty)
        {
            span.SetTag(SpanNames.InputTokens, record.Usage.Prompt);
            span.SetTag(SpanNames.OutputTokens, record.Usage.Completion);
            if (record.Usage.Cached > 0)
                span.SetTag(SpanNames.CachedTokens, record.Usage.Cached);
            if (record.Usage.Reasoning > 0)
                span.SetTag(SpanNames.ReasoningTokens, record.Usage.Reasoning);
        }
        if (record.Speech.AudioIn is { } audio)
            span.SetTag(SpanNames.AudioSeconds, audio.TotalSeconds);
        if (record.Speech.Characters > 0)
            span.SetTag(SpanNames.Characters, record.Speech.Characters);
        if (record.Estimated)
            span.SetTag(SpanNames.Estimated, value: true);
        if (record.Cost is { } cost)
            span.SetTag(SpanNames.Cost, (double)cost);
        if (record is { Streamed: true, FirstToken: { } first })
            span.SetTag(SpanNames.TimeToFirstChunk, first.TotalSeconds);
        span.SetTag(SpanNames.Overhead, record.Overhead.TotalSeconds);
    }
}
