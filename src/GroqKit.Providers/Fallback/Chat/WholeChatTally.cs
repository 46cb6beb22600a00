using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Fallback.Chat;

/// <summary>Counts a chat answer in one piece.</summary>
internal sealed class WholeChatTally : OutputTally<ChatResponse>
{
    private bool _answered;

    public override bool Add(ChatResponse item)
    {
        Usage = item.Usage;
        _answered = item.Messages.Count > 0;
        return true;
    }

    public override ProviderException? FindFault() =>
        _answered ? null : new ProviderException(ProviderFailure.Malformed, "The answer holds no message.");
}
