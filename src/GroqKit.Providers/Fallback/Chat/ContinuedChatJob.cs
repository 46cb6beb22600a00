using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Fallback.Chat;

/// <summary>Goes on with an answer of which a part was delivered: the part is the beginning of the next model's own message.</summary>
/// <param name="request">What was asked.</param>
/// <param name="part">What was delivered of the answer; empty when only thoughts were.</param>
/// <param name="canContinue">Whether a model goes on with an answer that somebody else began.</param>
internal sealed class ContinuedChatJob(ChatRequest request, string part, Func<FallbackTarget, bool> canContinue)
    : StreamedJob<ChatResponseUpdate>
{
    public override ProviderService Service => ProviderService.Llm;

    public override async IAsyncEnumerable<ChatResponseUpdate> Start(
        FallbackCandidate candidate,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        IList<ChatMessage> messages =
            part.Length == 0 ? request.Messages : [.. request.Messages, new ChatMessage(ChatRole.Assistant, part)];
        var joint = new JointTrimmer(part);
        IAsyncEnumerable<ChatResponseUpdate> updates = candidate.Lane.Chat.GetStreamingResponseAsync(
            messages,
            TargetOptions.For(request.Options, candidate.Target),
            cancellationToken
        );
        await foreach (ChatResponseUpdate update in updates.ConfigureAwait(false))
        {
            Trim(update, joint);
            yield return update;
        }
        if (joint.Release() is { Length: > 0 } rest)
            yield return new ChatResponseUpdate(ChatRole.Assistant, rest);
    }

    public override void Label(ChatResponseUpdate first, FallbackTrace trace) =>
        (first.AdditionalProperties ??= [])[FallbackTrace.PropertyName] = trace;

    public override OutputTally<ChatResponseUpdate> CreateTally() => new ChatTally(part);

    public override StreamedJob<ChatResponseUpdate>? Resume(
        BreakPolicy policy,
        OutputTally<ChatResponseUpdate> delivered,
        FallbackTarget target
    ) => new StreamedChatJob(request, canContinue).Resume(policy, delivered, target);

    public override ChatResponseUpdate? Announce(FallbackSwitch change) => ChatSwitch.Announce(change);

    private static void Trim(ChatResponseUpdate update, JointTrimmer joint)
    {
        for (int index = update.Contents.Count - 1; index >= 0; index--)
        {
            // The thoughts belong to an answer that was thought through before.
            if (update.Contents[index] is TextReasoningContent)
                update.Contents.RemoveAt(index);
        }
        if (joint.IsDone)
            return;
        foreach (AIContent content in update.Contents)
        {
            if (content is TextContent text)
                text.Text = joint.Take(text.Text);
        }
        if (update.FinishReason is not null && joint.Release() is { Length: > 0 } rest)
            update.Contents.Insert(0, new TextContent(rest));
    }
}
