using System.Text.Json.Nodes;

namespace GroqKit.Voice.Realtime;

/// <summary>Tells of the items that an answer consists of.</summary>
/// <param name="output">Tells the caller.</param>
/// <param name="response">The answer.</param>
/// <param name="conversation">What they become a part of; null for an answer outside of it.</param>
internal sealed class RealtimeAnswerItems(
    RealtimeOut output,
    RealtimeResponse response,
    RealtimeConversation? conversation
)
{
    /// <returns>The item's place in the answer.</returns>
    public async Task<int> AddAsync(RealtimeItem item, CancellationToken cancellationToken)
    {
        int index = response.Add(item);
        await output
            .SendAsync("response.output_item.added", ItemAt(item, index), cancellationToken)
            .ConfigureAwait(false);
        if (conversation is not null)
        {
            string? before = conversation.Add(item);
            await output
                .SendAsync(
                    "conversation.item.added",
                    new JsonObject { ["previous_item_id"] = before, ["item"] = item.ToJson() },
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        return index;
    }

    public async Task EndAsync(RealtimeItem item, int index, CancellationToken cancellationToken)
    {
        response.Renew(index, item);
        if (conversation is not null)
        {
            await output
                .SendAsync(
                    "conversation.item.done",
                    new JsonObject { ["previous_item_id"] = null, ["item"] = item.ToJson() },
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        await output
            .SendAsync("response.output_item.done", ItemAt(item, index), cancellationToken)
            .ConfigureAwait(false);
    }

    private JsonObject ItemAt(RealtimeItem item, int index) =>
        new()
        {
            ["response_id"] = response.Id,
            ["output_index"] = index,
            ["item"] = item.ToJson(),
        };
}
