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

    /// <param name="id">Whose conversation, and which.</param>
    /// <param name="messages">What was said.</param>
    /// <param name="person">The caller's user by the hash of its name; null where the caller doesn't say.</param>
    public void Add((string Tenant, string Key, string Id) id, IReadOnlyList<ChatMessage> messages, string? person)
    {
        lock (_gate)
        {
            if (!_conversations.TryGetValue(id, out Conversation? found) || IsOver(found))
            {
                MakeRoom();
                _conversations[id] = found = new Conversation();
            }
            found.Messages.AddRange(messages);
            if (person is not null)
                found.People.Add(person);
            found.UsedAt = time.GetTimestamp();
            // Results of tools without their calls are refused by models, so that the cut is at a caller's words.
            while (found.Messages.Count > MostMessages)
            {
                int next = found.Messages.FindIndex(1, message => message.Role == ChatRole.User);
                found.Messages.RemoveRange(0, next < 0 ? found.Messages.Count : next);
            }
        }
    }

    /// <summary>Drops the conversations that somebody had a part in.</summary>
    public void Forget(string person)
    {
        lock (_gate)
        {
            foreach (
                var id in _conversations
                    .Where(one => one.Value.People.Contains(person))
                    .Select(one => one.Key)
                    .ToArray()
            )
                _conversations.Remove(id);
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

        public HashSet<string> People { get; } = new(StringComparer.Ordinal);

        public long UsedAt { get; set; }
    }
}
