using Microsoft.Extensions.AI;

namespace GroqKit.Gateway.Services.Voice;

/// <summary>
/// What was said in conversations, as it was heard, so that callers need not send it again. In memory of this node, for an hour after the last turn;
/// bounded. Thread-safe.
/// </summary>
internal sealed class VoiceConversations(TimeProvider time) : IDisposable
{
    /// <summary>The most bytes of one conversation, as its texts are held in memory.</summary>
    public const int MostBytes = 256 * 1024;

    /// <summary>The most bytes of all conversations together.</summary>
    public const int MostBytesTogether = 64 * 1024 * 1024;

    private const int MostConversations = 10_000;
    private const int MostMessages = 100;
    private const int BytesBesideText = 200;

    // A conversation of more is none: it begins anew, so that whoever is erased can be found in it.
    private const int MostPeople = 100;

    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly Remembered<(string Tenant, string Key, string Id), Conversation> _conversations = new(
        MostConversations,
        MostBytesTogether,
        Kept,
        time
    );

    public IReadOnlyList<ChatMessage> Find((string Tenant, string Key, string Id) id) =>
        _conversations.Find(id)?.Messages ?? [];

    /// <param name="id">Whose conversation, and which.</param>
    /// <param name="messages">What was said.</param>
    /// <param name="person">The caller's user by the hash of its name; null where the caller doesn't say.</param>
    public void Add((string Tenant, string Key, string Id) id, IReadOnlyList<ChatMessage> messages, string? person) =>
        _conversations.Change(
            id,
            before =>
            {
                string[] people = PeopleOf(before, person);
                if (people.Length > MostPeople)
                    (before, people) = (null, PeopleOf(null, person));
                (ChatMessage[] kept, long bytes) = Fit([.. before?.Messages ?? [], .. messages]);
                return kept.Length == 0
                    ? (null, 0)
                    : (new Conversation(kept, people), bytes + people.Sum(one => BytesOf(one)));
            }
        );

    /// <summary>Drops the conversations that somebody had a part in.</summary>
    public void Forget(string person) => _conversations.Remove(one => one.People.Contains(person));

    public void Dispose() => _conversations.Dispose();

    private static string[] PeopleOf(Conversation? before, string? person) =>
        person is null
            ? before?.People ?? []
            : [.. (before?.People ?? []).Append(person).Distinct(StringComparer.Ordinal)];

    // Results of tools without their calls are refused by models, so that the cut is always before a caller's words.
    private static (ChatMessage[] Messages, long Bytes) Fit(ChatMessage[] messages)
    {
        int[] sizes = [.. messages.Select(SizeOf)];
        long bytes = sizes.Sum(size => (long)size);
        int first = 0;
        while (first < messages.Length && (bytes > MostBytes || messages.Length - first > MostMessages))
        {
            do bytes -= sizes[first++];
            while (first < messages.Length && messages[first].Role != ChatRole.User);
        }
        return (messages[first..], bytes);
    }

    private static int SizeOf(ChatMessage message) =>
        BytesBesideText
        + message.Contents.Sum(content =>
            content switch
            {
                TextContent text => BytesOf(text.Text),
                FunctionCallContent call => BytesOf(call.CallId)
                    + BytesOf(call.Name)
                    + (call.Arguments?.Sum(one => BytesOf(one.Key) + BytesOf(one.Value?.ToString())) ?? 0),
                FunctionResultContent result => BytesOf(result.CallId) + BytesOf(result.Result?.ToString()),
                _ => BytesBesideText,
            }
        );

    private static int BytesOf(string? text) => text is null ? 0 : BytesBesideText / 10 + text.Length * sizeof(char);

    private sealed record Conversation(ChatMessage[] Messages, string[] People);
}
