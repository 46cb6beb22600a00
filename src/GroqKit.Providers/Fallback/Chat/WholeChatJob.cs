using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Fallback.Chat;

internal sealed class WholeChatJob(ChatRequest request) : WholeJob<ChatResponse>
{
    public override ProviderService Service => ProviderService.Llm;

    public override Task<ChatResponse> AskAsync(FallbackCandidate candidate, CancellationToken cancellationToken) =>
        candidate.Lane.Chat.GetResponseAsync(
            request.Messages,
            TargetOptions.For(request.Options, candidate.Target),
            cancellationToken
        );

    public override void Label(ChatResponse first, FallbackTrace trace) =>
        (first.AdditionalProperties ??= [])[FallbackTrace.PropertyName] = trace;

    public override UsageDetails? UsageOf(ChatResponse answer) => answer.Usage;

    public override ProviderException? FindFault(ChatResponse answer) =>
        answer.Messages.Count > 0
            ? null
            : new ProviderException(ProviderFailure.Malformed, "The answer holds no message.");
}
