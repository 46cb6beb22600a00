using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Fallback.Chat;

/// <summary>The piece of a chat stream that tells of a switch: without content, so that whoever ignores it loses nothing.</summary>
internal static class ChatSwitch
{
    public static ChatResponseUpdate Announce(FallbackSwitch change) =>
        new()
        {
            Role = ChatRole.Assistant,
            AdditionalProperties = new() { [FallbackSwitch.PropertyName] = change },
        };
}
