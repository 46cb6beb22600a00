using System.Text.Json;
using System.Text.Unicode;
using GroqKit.Errors;
using GroqKit.Json;

namespace GroqKit.Chat;

/// <summary>Turns the events of one stream into chunks. Never throws: what ends the stream is remembered. For one reader at a time.</summary>
internal sealed class ChunkParser
{
    private readonly FastChunkReader _fast = new();

    /// <summary>The end mark came.</summary>
    public bool IsDone { get; private set; }

    /// <summary>What broke the stream; null while nothing did.</summary>
    public ChunkFailure? Failure { get; private set; }

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
            Failure = new ChunkFailure(StreamFailure.InvalidUtf8, "A piece of the stream is not UTF-8.");
            return null;
        }
        if (eventType == "error")
        {
            Failure = ServerError(data);
            return null;
        }
        try
        {
            return _fast.TryRead(data) ?? ReadAny(data);
        }
        catch (JsonException error)
        {
            Failure = new ChunkFailure(
                StreamFailure.Malformed,
                "A piece of the stream is not the expected JSON.",
                Cause: error
            );
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
        Failure = ServerError(data);
        return null;
    }

    private static ChunkFailure ServerError(ReadOnlySpan<byte> data)
    {
        WireError? error = WireError.TryParse(data.ToArray());
        return new ChunkFailure(
            StreamFailure.ServerError,
            error?.Message ?? "The server reported an error within the stream.",
            error,
            Body: System.Text.Encoding.UTF8.GetString(data)
        );
    }
}
