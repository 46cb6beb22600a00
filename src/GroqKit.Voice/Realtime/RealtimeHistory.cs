using Microsoft.Extensions.AI;

namespace GroqKit.Voice.Realtime;

/// <summary>
/// A conversation as models read it. Callers give results of tools when they have them, or never; models take calls only together with their results
/// behind them.
/// </summary>
internal static class RealtimeHistory
{
    public static List<ChatMessage> Of(IReadOnlyList<RealtimeItem> items)
    {
        ILookup<string, RealtimeItem> results = items
            .Where(item => item.IsResult)
            .ToLookup(item => item.CallId, StringComparer.Ordinal);
        var messages = new List<ChatMessage>(items.Count);
        for (int i = 0; i < items.Count; i++)
        {
            if (items[i].IsCall)
            {
                // Those that were asked for together are one message.
                int first = i;
                while (i + 1 < items.Count && items[i + 1].IsCall)
                    i++;
                AddCalls(messages, items.Skip(first).Take(i + 1 - first), results);
            }
            else if (!items[i].IsResult && items[i].ToMessage() is { } message)
            {
                messages.Add(message);
            }
        }
        return messages;
    }

    private static void AddCalls(
        List<ChatMessage> messages,
        IEnumerable<RealtimeItem> calls,
        ILookup<string, RealtimeItem> results
    )
    {
        RealtimeItem[] answered = [.. calls.Where(call => results.Contains(call.CallId))];
        if (answered.Length == 0)
            return;
        messages.Add(new ChatMessage(ChatRole.Assistant, [.. answered.SelectMany(call => call.ToMessage()!.Contents)]));
        // Of several for one call the last counts.
        messages.AddRange(answered.Select(call => results[call.CallId].Last().ToMessage()!));
    }
}
