using System.Text.Json.Nodes;

namespace GroqKit.Voice.Realtime;

/// <summary>What callers do with the items of a conversation, and what they are told of them.</summary>
internal sealed class RealtimeItemEvents(RealtimeConversation conversation, RealtimeOut output)
{
    private static readonly string[] Events = ["conversation.item.added", "conversation.item.done"];

    public async Task CreateAsync(JsonObject happened, CancellationToken cancellationToken)
    {
        RealtimeItem item = RealtimeConversation.Read(happened["item"], "item");
        string? before = conversation.Add(item, Members.Text(happened["previous_item_id"], "previous_item_id"));
        await TellAsync(item, before, cancellationToken).ConfigureAwait(false);
    }

    public async Task TellAsync(RealtimeItem item, string? before, CancellationToken cancellationToken)
    {
        foreach (string type in Events)
        {
            var members = new JsonObject { ["previous_item_id"] = before, ["item"] = item.ToJson() };
            await output.SendAsync(type, members, cancellationToken).ConfigureAwait(false);
        }
    }

    public Task RetrieveAsync(JsonObject happened, CancellationToken cancellationToken)
    {
        RealtimeItem item = conversation.Get(Members.Text(happened["item_id"], "item_id"));
        return output.SendAsync(
            "conversation.item.retrieved",
            new JsonObject { ["item"] = item.ToJson() },
            cancellationToken
        );
    }

    public Task DeleteAsync(JsonObject happened, CancellationToken cancellationToken)
    {
        RealtimeItem item = conversation.Get(Members.Text(happened["item_id"], "item_id"));
        conversation.Remove(item);
        return output.SendAsync(
            "conversation.item.deleted",
            new JsonObject { ["item_id"] = item.Id },
            cancellationToken
        );
    }

    // The caller knows what it has played; what was not heard leaves the conversation.
    public Task TruncateAsync(JsonObject happened, CancellationToken cancellationToken)
    {
        RealtimeItem item = conversation.Get(Members.Text(happened["item_id"], "item_id"));
        double end =
            Members.Number(happened["audio_end_ms"], "audio_end_ms") ?? throw RealtimeException.Missing("audio_end_ms");
        if (Members.Number(happened["content_index"], "content_index") is not (null or 0))
            throw RealtimeException.Wrong("content_index", "must be 0.");
        if (item.Heard is not { } heard)
            throw RealtimeException.Wrong("item_id", "only spoken answers can be truncated.");
        if (end < 0 || end > heard.Given.TotalMilliseconds + 1)
            throw RealtimeException.Wrong("audio_end_ms", $"must be from 0 to {heard.Given.TotalMilliseconds:0}.");
        item.Truncate(TimeSpan.FromMilliseconds(end));
        return output.SendAsync(
            "conversation.item.truncated",
            new JsonObject
            {
                ["item_id"] = item.Id,
                ["content_index"] = 0,
                ["audio_end_ms"] = (int)end,
            },
            cancellationToken
        );
    }
}
