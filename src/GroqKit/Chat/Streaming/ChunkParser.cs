using System.Text.Json;
using System.Text.Unicode;
using GroqKit.Http;
using GroqKit.Json;

namespace GroqKit.Chat;

/// <summary>Turns the events of one stream into chunks. Never throws: what ends the stream is remembered. For one reader at a time.</summary>
internal sealed class ChunkParser
{
    private readonly FastChunkReader _fast = new();

    /// <summary>The end mark came.</summary>
    public bool IsDone { get; private set; }

    /// <summary>What broke the stream; null while nothing did.</summary>
    public EventFailure? Failure { get; private set; }

    /// <summary>Null for an event that holds no chunk.</summary>
    public ChatChunk? Parse(string eventType, ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty || IsDone || Failure is not null)
            return null;
        if (data.StartsWith("[DONE]"u8))
        {
            IsDone = true;
            return null;
        }
        // The JSON reader looks into a text only when it is asked for: a broken letter in a skipped member would pass.
        if (!Utf8.IsValid(data))
        {
            Failure = EventFailure.InvalidUtf8();
            return null;
        }
        if (eventType == "error")
        {
            Failure = EventFailure.Server(data);
            return null;
        }
        try
        {
            return _fast.TryRead(data) ?? ReadAny(data);
        }
        catch (JsonException error)
        {
            Failure = EventFailure.Malformed(error);
            return null;
        }
    }

    private ChatChunk? ReadAny(ReadOnlySpan<byte> data)
    {
        ChatChunk chunk =
            JsonSerializer.Deserialize(data, GroqJson.Context.ChatChunk) ?? throw new JsonException("A null came.");
        if (chunk.AdditionalProperties is not { } others || !others.TryGetValue("error", out JsonElement error))
            return chunk;
        if (error.ValueKind is JsonValueKind.Null or JsonValueKind.False)
            return chunk;
        Failure = EventFailure.Server(data);
        return null;
    }
}
