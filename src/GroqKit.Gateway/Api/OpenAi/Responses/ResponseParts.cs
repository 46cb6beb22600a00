using System.Collections.Concurrent;
using GroqKit.Gateway.Api.OpenAi.Events;
using GroqKit.Gateway.Services.Forwarding;

namespace GroqKit.Gateway.Api.OpenAi.Responses;

/// <summary>What calls of the Responses API share.</summary>
internal sealed record ResponseParts(
    UpstreamClient Upstream,
    Deadlines Deadlines,
    WholeAnswerRelay WholeAnswers,
    EventRelay Events,
    TimeProvider Time
)
{
    private const int MaxRemembered = 1000;

    private readonly ConcurrentDictionary<Uri, bool> _chatOnly = new();

    /// <summary>Whether the server at an address was found to have chats only.</summary>
    public bool IsChatOnly(Uri address) => _chatOnly.ContainsKey(address);

    /// <summary>Remembers it, so that it isn't found out with every call.</summary>
    public void RememberChatOnly(Uri address)
    {
        if (_chatOnly.Count < MaxRemembered)
            _chatOnly.TryAdd(address, true);
    }
}
