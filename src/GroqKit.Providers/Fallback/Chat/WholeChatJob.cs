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

    public override OutputTally<ChatResponse> CreateTally() => new WholeChatTally();
}
