using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace GroqKit.Voice.Realtime;

/// <summary>An answer as its caller sees it: the <c>response</c> of the protocol.</summary>
/// <param name="settings">How it is made.</param>
/// <param name="isKept">Whether it becomes a part of the conversation.</param>
/// <param name="metadata">What the caller noted on it; null for nothing.</param>
internal sealed class RealtimeResponse(RealtimeSettings settings, bool isKept, JsonNode? metadata)
{
    private readonly JsonArray _items = [];

    public string Id { get; } = RealtimeConversation.NewId("resp");

    /// <summary>Puts an item at the end; gives its place.</summary>
    public int Add(RealtimeItem item)
    {
        _items.Add((JsonNode)item.ToJson());
        return _items.Count - 1;
    }

    /// <summary>Shows an item as it is now.</summary>
    public void Renew(int index, RealtimeItem item) => _items[index] = item.ToJson();

    /// <summary>The answer while it is made.</summary>
    public JsonObject Begun() => ToJson("in_progress", details: null, usage: null);

    /// <param name="outcome">How it ended.</param>
    /// <param name="reason">Why it ended early, where it did.</param>
    /// <param name="fault">What failed, where something did.</param>
    /// <param name="calls">The calls of the model that it took.</param>
    public JsonObject Ended(VoiceOutcome outcome, string reason, RealtimeFault? fault, IEnumerable<VoiceCall> calls) =>
        outcome switch
        {
            VoiceOutcome.Completed => ToJson("completed", details: null, UsageOf(calls)),
            VoiceOutcome.Interrupted => ToJson(
                "cancelled",
                new JsonObject { ["type"] = "cancelled", ["reason"] = reason },
                UsageOf(calls)
            ),
            _ => ToJson(
                "failed",
                new JsonObject
                {
                    ["type"] = "failed",
                    ["error"] = new JsonObject
                    {
                        ["type"] = fault?.Type,
                        ["code"] = fault?.Code,
                        ["message"] = fault?.Message,
                    },
                },
                UsageOf(calls)
            ),
        };

    private JsonObject ToJson(string status, JsonObject? details, JsonObject? usage) =>
        new()
        {
            ["id"] = Id,
            ["object"] = "realtime.response",
            ["status"] = status,
            ["status_details"] = details,
            ["output"] = _items.DeepClone(),
            ["conversation_id"] = isKept ? RealtimeConversation.Name : null,
            ["output_modalities"] = new JsonArray(settings.SpeaksAudio ? "audio" : "text"),
            ["max_output_tokens"] = settings.MaxOutputTokens is { } most ? most : "inf",
            ["usage"] = usage,
            ["metadata"] = metadata?.DeepClone(),
        };

    private static JsonObject UsageOf(IEnumerable<VoiceCall> calls)
    {
        long input = 0;
        long cached = 0;
        long written = 0;
        foreach (UsageDetails usage in calls.Select(call => call.Usage).OfType<UsageDetails>())
        {
            input += usage.InputTokenCount ?? 0;
            cached += usage.CachedInputTokenCount ?? 0;
            written += usage.OutputTokenCount ?? 0;
        }
        return new JsonObject
        {
            ["total_tokens"] = input + written,
            ["input_tokens"] = input,
            ["output_tokens"] = written,
            ["input_token_details"] = new JsonObject
            {
                ["text_tokens"] = input,
                ["audio_tokens"] = 0,
                ["image_tokens"] = 0,
                ["cached_tokens"] = cached,
            },
            ["output_token_details"] = new JsonObject { ["text_tokens"] = written, ["audio_tokens"] = 0 },
        };
    }
}
