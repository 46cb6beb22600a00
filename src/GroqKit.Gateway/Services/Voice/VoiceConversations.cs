using Microsoft.Extensions.AI;

namespace GroqKit.Gateway.Services.Voice;

/// <summary>
/// What was said in conversations, as it was heard, so that callers need not send it again. In memory of this node, for an hour after the last turn;
/// bounded. Thread-safe.
/// </summary>
internal sealed class VoiceConversations(TimeProvider time)
{
    private const int MostConversations = 10_000;
    private const int MostMessages = 100;
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Tenant, string Key, string Id), Conversation> _conversations = [];

    public IReadOnlyList<ChatMessage> Find((string Tenant, string Key, string Id) id)
    {
        lock (_gate)
            return _conversations.TryGetValue(id, out Conversation? found) && !IsOver(found) ? [.. found.Messages] : [];
    }

    public void Add((string Tenant, string Key, string Id) id, IReadOnlyList<ChatMessage> messages)
    {
        lock (_gate)
        {
            if (!_conversations.TryGetValue(id, out Conversation? found) || IsOver(found))
            {
                MakeRoom();
                _conversations[id] = found = new Conversation();
            }
            found.Messages.AddRange(messages);
            found.UsedAt = time.GetTimestamp();
            // Results of tools without their calls are refused by models, so that the cut is at a caller's words.
            while (found.Messages.Count > MostMessages)
            {
                int next = found.Messages.FindIndex(1, message => message.Role == ChatRole.User);
                found.Messages.RemoveRange(0, next < 0 ? found.Messages.Count : next);
            }
        }
    }

    private bool IsOver(Conversation conversation) => time.GetElapsedTime(conversation.UsedAt) > Kept;

    private void MakeRoom()
    {
        if (_conversations.Count < MostConversations)
            return;
        foreach (var id in _conversations.Where(entry => IsOver(entry.Value)).Select(entry => entry.Key).ToArray())
            _conversations.Remove(id);
        if (_conversations.Count >= MostConversations)
            _conversations.Remove(_conversations.MinBy(entry => entry.Value.UsedAt).Key);
    }

    private sealed class Conversation
    {
        public List<ChatMessage> Messages { get; } = [];

        public long UsedAt { get; set; }
    }
}
