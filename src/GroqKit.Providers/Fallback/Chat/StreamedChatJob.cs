using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Fallback.Chat;

/// <summary>A chat whose answer is streamed.</summary>
/// <param name="request">What is asked.</param>
/// <param name="canContinue">Whether a model goes on with an answer that somebody else began.</param>
internal sealed class StreamedChatJob(ChatRequest request, Func<FallbackTarget, bool> canContinue)
    : StreamedJob<ChatResponseUpdate>
{
    public override ProviderService Service => ProviderService.Llm;

    public override IAsyncEnumerable<ChatResponseUpdate> Start(
        FallbackCandidate candidate,
        CancellationToken cancellationToken
    ) =>
        candidate.Lane.Chat.GetStreamingResponseAsync(
            request.Messages,
            TargetOptions.For(request.Options, candidate.Target),
            cancellationToken
        );

    public override void Label(ChatResponseUpdate first, FallbackTrace trace) =>
        (first.AdditionalProperties ??= [])[FallbackTrace.PropertyName] = trace;

    public override OutputTally<ChatResponseUpdate> CreateTally() => new ChatTally("");

    public override StreamedJob<ChatResponseUpdate>? Resume(
        BreakPolicy policy,
        OutputTally<ChatResponseUpdate> delivered,
        FallbackTarget target
    )
    {
        var part = (ChatTally)delivered;
        // Only thoughts were delivered: the next may think anew, and nothing of the answer is said twice.
        if (!part.HasText && !part.HasMore)
            return policy is BreakPolicy.Restart ? this : new ContinuedChatJob(request, "", canContinue);
        return policy switch
        {
            BreakPolicy.Restart => this,
            BreakPolicy.Continue when !part.HasMore && canContinue(target) => new ContinuedChatJob(
                request,
                part.Text,
                canContinue
            ),
            _ => null,
        };
    }

    public override ChatResponseUpdate? Announce(FallbackSwitch change) => ChatSwitch.Announce(change);
}
