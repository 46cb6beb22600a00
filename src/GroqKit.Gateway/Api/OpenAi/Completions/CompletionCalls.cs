using GroqKit.Gateway.Api.OpenAi.Events;
using GroqKit.Gateway.Api.OpenAi.Json;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Limits;
using GroqKit.Gateway.Services.Translation;

namespace GroqKit.Gateway.Api.OpenAi.Completions;

/// <summary>Legacy completions: passed through where the provider has them, worded as a chat at Groq, which has none.</summary>
internal sealed class CompletionCalls(
    UpstreamClient upstream,
    Deadlines deadlines,
    WholeAnswerRelay wholeAnswers,
    EventRelay events,
    TimeProvider time
) : JsonKind
{
    public override IReadOnlyList<FieldRule> Fields => JsonRoute.Completions.Fields;

    public override bool IsChat => true;

    public override CallNeeds Account(Exchange exchange, in JsonCall call)
    {
        long promptBytes = call.Request.Find(JsonRoute.Completions.Input)!.Value.Value.Length;
        exchange.Meter.PromptBytes = promptBytes;
        return new CallNeeds(promptBytes, call.Count("max_tokens"), (int)(call.Count("n") ?? 1));
    }

    public override ForwardedCall Forward(in JsonCall call) =>
        new CompletionAttempts(upstream, deadlines, wholeAnswers, events, time, call);
}
