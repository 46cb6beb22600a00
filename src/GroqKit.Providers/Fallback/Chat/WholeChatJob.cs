using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Fallback.Chat;

internal sealed class WholeChatJob(ChatRequest request) : FallbackJob<ChatResponse>
{
    public override ProviderService Service => ProviderService.Llm;

    public override bool IsWhole => true;

    public override IAsyncEnumerable<ChatResponse> Start(
        FallbackCandidate candidate,
        CancellationToken cancellationToken
    ) =>
        SingleAnswer.Of(
            token =>
                candidate.Lane.Chat.GetResponseAsync(request.Messages, request.OptionsFor(candidate.Target), token),
            cancellationToken
        );

    public override OutputTally<ChatResponse> CreateTally() => new WholeChatTally();
}
