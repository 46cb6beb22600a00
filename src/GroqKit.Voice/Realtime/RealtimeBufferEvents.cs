using System.Text.Json.Nodes;

namespace GroqKit.Voice.Realtime;

/// <summary>What callers do with the sound that they send, and what they are told of it.</summary>
internal sealed class RealtimeBufferEvents(
    RealtimeEar ear,
    RealtimeHearing hearing,
    RealtimeConversation conversation,
    RealtimeItemEvents items,
    RealtimeOut output
)
{
    private const string Event = "input_audio_buffer.";

    // What is sent becomes this item, and is called so before it does.
    private string _nextItem = RealtimeConversation.NewId("item");

    /// <exception cref="RealtimeException">It is no sound, or too much of it.</exception>
    public void Append(JsonObject happened)
    {
        string text = Members.Text(happened["audio"], "audio") ?? throw RealtimeException.Missing("audio");
        byte[] bytes = new byte[text.Length / 4 * 3 + 3];
        if (!Convert.TryFromBase64String(text, bytes, out int count))
            throw RealtimeException.Wrong("audio", "is no base64.");
        ear.Append(bytes.AsSpan(0, count));
    }

    /// <summary>Tells that somebody began to speak.</summary>
    public Task StartSpeechAsync(CancellationToken cancellationToken) =>
        output.SendAsync(
            Event + "speech_started",
            new JsonObject { ["audio_start_ms"] = ear.SpeechStart, ["item_id"] = _nextItem },
            cancellationToken
        );

    /// <summary>Tells that nobody speaks any more.</summary>
    public Task StopSpeechAsync(CancellationToken cancellationToken) =>
        output.SendAsync(
            Event + "speech_stopped",
            new JsonObject { ["audio_end_ms"] = ear.Position, ["item_id"] = _nextItem },
            cancellationToken
        );

    /// <exception cref="RealtimeException">There is no sound, or too much that nobody has heard yet.</exception>
    public async Task CommitAsync(RealtimeSettings settings, CancellationToken cancellationToken)
    {
        if (ear.IsEmpty)
            throw new RealtimeException("input_audio_buffer_commit_empty", "There is no sound to commit.");
        if (!hearing.HasRoom)
            throw new RealtimeException(
                "too_much_to_hear",
                "Earlier recordings are still being heard; commit it again."
            );
        byte[] sound = ear.Take();
        RealtimeItem item = await AddAsync(null, cancellationToken).ConfigureAwait(false);
        hearing.Begin(item, sound, settings, cancellationToken);
    }

    public Task ClearAsync(CancellationToken cancellationToken)
    {
        ear.Clear();
        return output.SendAsync(Event + "cleared", [], cancellationToken);
    }

    /// <summary>Nobody spoke for too long: silence is what was said.</summary>
    public async Task CommitSilenceAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        int end = ear.Position;
        await output
            .SendAsync(
                Event + "timeout_triggered",
                new JsonObject
                {
                    ["audio_start_ms"] = Math.Max(end - (int)patience.TotalMilliseconds, 0),
                    ["audio_end_ms"] = end,
                    ["item_id"] = _nextItem,
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        ear.Clear();
        await AddAsync("", cancellationToken).ConfigureAwait(false);
    }

    private async Task<RealtimeItem> AddAsync(string? transcript, CancellationToken cancellationToken)
    {
        var item = new RealtimeItem(
            _nextItem,
            new JsonObject
            {
                ["id"] = _nextItem,
                ["object"] = "realtime.item",
                ["type"] = "message",
                ["status"] = "completed",
                ["role"] = "user",
                ["content"] = new JsonArray(new JsonObject { ["type"] = "input_audio", ["transcript"] = transcript }),
            }
        );
        _nextItem = RealtimeConversation.NewId("item");
        string? before = conversation.Add(item);
        await output
            .SendAsync(
                Event + "committed",
                new JsonObject { ["previous_item_id"] = before, ["item_id"] = item.Id },
                cancellationToken
            )
            .ConfigureAwait(false);
        await items.TellAsync(item, before, cancellationToken).ConfigureAwait(false);
        return item;
    }
}
