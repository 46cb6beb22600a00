using System.Text.Json;
using GroqKit.Json;

namespace GroqKit.Chat;

/// <summary>
/// Reads the chunk that makes up nearly all of a stream: one choice, new text or thinking, nothing else. Texts that repeat in every chunk are kept
/// and shared. Anything unusual is left to the generated reader, which gives the same object where both can read.
/// </summary>
internal sealed class FastChunkReader
{
    private const string ObjectName = "chat.completion.chunk";

    private string _id = "";
    private string _model = "";
    private string _fingerprint = "";
    private string _channel = "";

    /// <summary>Null: not the usual chunk.</summary>
    /// <exception cref="JsonException">Not JSON.</exception>
    public ChatChunk? TryRead(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return null;
        var chunk = new ChatChunk();
        try
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (!TryReadMember(ref reader, chunk))
                    return null;
            }
        }
        catch (InvalidOperationException)
        {
            // A text that is no text, such as half a surrogate pair: the generated reader says where.
            return null;
        }
        return reader.TokenType == JsonTokenType.EndObject && !reader.Read() ? chunk : null;
    }

    private bool TryReadMember(ref Utf8JsonReader reader, ChatChunk chunk)
    {
        if (!FastJson.TryEnter(ref reader, out ReadOnlySpan<byte> name))
            return false;
        if (name.SequenceEqual("choices"u8))
            return TryReadChoices(ref reader, chunk);
        if (name.SequenceEqual("created"u8))
        {
            if (!FastJson.TryReadInt64(ref reader, out long created))
                return false;
            chunk.Created = created;
            return true;
        }
        if (
            name.SequenceEqual("usage"u8)
            || name.SequenceEqual("x_groq"u8)
            || name.SequenceEqual("service_tier"u8)
            || name.SequenceEqual("usage_breakdown"u8)
        )
        {
            // Only null is usual; an earlier value of the same name would have ended the fast path.
            return reader.TokenType == JsonTokenType.Null;
        }
        if (reader.TokenType != JsonTokenType.String)
            return false;
        if (name.SequenceEqual("id"u8))
            chunk.Id = FastJson.Shared(ref reader, ref _id);
        else if (name.SequenceEqual("model"u8))
            chunk.Model = FastJson.Shared(ref reader, ref _model);
        else if (name.SequenceEqual("system_fingerprint"u8))
            chunk.SystemFingerprint = FastJson.Shared(ref reader, ref _fingerprint);
        else if (name.SequenceEqual("object"u8))
            return reader.ValueTextEquals(ObjectName);
        else
            return false;
        return true;
    }

    private bool TryReadChoices(ref Utf8JsonReader reader, ChatChunk chunk)
    {
        if (reader.TokenType != JsonTokenType.StartArray || !reader.Read())
            return false;
        if (reader.TokenType != JsonTokenType.StartObject)
            return false;
        var choice = new ChatChunkChoice();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!FastJson.TryEnter(ref reader, out ReadOnlySpan<byte> name))
                return false;
            if (name.SequenceEqual("delta"u8))
            {
                if (!TryReadDelta(ref reader, choice))
                    return false;
            }
            else if (name.SequenceEqual("index"u8))
            {
                if (!FastJson.TryReadInt32(ref reader, out int index))
                    return false;
                choice.Index = index;
            }
            else if (!name.SequenceEqual("finish_reason"u8) && !name.SequenceEqual("logprobs"u8))
            {
                return false;
            }
            else if (reader.TokenType != JsonTokenType.Null)
            {
                return false;
            }
        }
        if (!reader.Read() || reader.TokenType != JsonTokenType.EndArray)
            return false;
        chunk.Choices = [choice];
        return true;
    }

    private bool TryReadDelta(ref Utf8JsonReader reader, ChatChunkChoice choice)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            return false;
        var delta = new ChatDelta();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!FastJson.TryEnter(ref reader, out ReadOnlySpan<byte> name))
                return false;
            if (reader.TokenType != JsonTokenType.String)
                return false;
            if (name.SequenceEqual("content"u8))
                delta.Content = reader.GetString();
            else if (name.SequenceEqual("reasoning"u8))
                delta.Reasoning = reader.GetString();
            else if (name.SequenceEqual("channel"u8))
                delta.Channel = FastJson.Shared(ref reader, ref _channel);
            else if (name.SequenceEqual("role"u8) && reader.ValueTextEquals("assistant"u8))
                delta.Role = ChatRole.Assistant;
            else
                return false;
        }
        choice.Delta = delta;
        return true;
    }
}
