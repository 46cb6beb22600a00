using System.Text.Json;
using GroqKit.Json;

namespace GroqKit.Chat;

/// <summary>
/// Reads the usual whole answer: one choice with text or thinking, figures, and nothing else. Texts that most answers repeat are kept and
/// shared. Anything unusual is left to the generated reader, which gives the same object where both can read. Safe for all threads.
/// </summary>
internal sealed class FastCompletionReader
{
    private const string ObjectName = "chat.completion";

    private string _model = "";
    private string _fingerprint = "";

    /// <summary>Null: not the usual answer, or none at all.</summary>
    /// <exception cref="JsonException">Not JSON.</exception>
    public ChatCompletion? TryRead(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return null;
        var completion = new ChatCompletion();
        try
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (!TryReadMember(ref reader, completion))
                    return null;
            }
        }
        catch (InvalidOperationException)
        {
            // A text that is no text, such as half a surrogate pair: the generated reader says where.
            return null;
        }
        return reader.TokenType == JsonTokenType.EndObject && !reader.Read() ? completion : null;
    }

    private bool TryReadMember(ref Utf8JsonReader reader, ChatCompletion completion)
    {
        if (!FastJson.TryEnter(ref reader, out ReadOnlySpan<byte> name))
            return false;
        if (name.SequenceEqual("choices"u8))
            return TryReadChoices(ref reader, completion);
        if (name.SequenceEqual("usage"u8))
        {
            bool isRead = FastUsageReader.TryRead(ref reader, out ChatUsage? usage);
            completion.Usage = usage;
            return isRead;
        }
        if (name.SequenceEqual("x_groq"u8))
            return TryReadExtras(ref reader, completion);
        if (name.SequenceEqual("created"u8))
        {
            bool isRead = FastJson.TryReadInt64(ref reader, out long created);
            completion.Created = created;
            return isRead;
        }
        if (name.SequenceEqual("usage_breakdown"u8))
        {
            completion.UsageBreakdown = null;
            return reader.TokenType == JsonTokenType.Null;
        }
        if (reader.TokenType != JsonTokenType.String)
            return false;
        if (name.SequenceEqual("id"u8))
            completion.Id = reader.GetString()!;
        else if (name.SequenceEqual("object"u8))
            return reader.ValueTextEquals(ObjectName);
        else if (name.SequenceEqual("model"u8))
            completion.Model = FastJson.Shared(ref reader, ref _model);
        else if (name.SequenceEqual("system_fingerprint"u8))
            completion.SystemFingerprint = FastJson.Shared(ref reader, ref _fingerprint);
        else if (name.SequenceEqual("service_tier"u8))
            completion.ServiceTier = FastJson.Word<ServiceTier>(ref reader);
        else
            return false;
        return true;
    }

    private static bool TryReadChoices(ref Utf8JsonReader reader, ChatCompletion completion)
    {
        if (reader.TokenType != JsonTokenType.StartArray || !reader.Read())
            return false;
        if (reader.TokenType != JsonTokenType.StartObject)
            return false;
        var choice = new ChatChoice();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!FastJson.TryEnter(ref reader, out ReadOnlySpan<byte> name))
                return false;
            if (name.SequenceEqual("message"u8))
            {
                if (!TryReadMessage(ref reader, choice))
                    return false;
            }
            else if (name.SequenceEqual("index"u8))
            {
                if (!FastJson.TryReadInt32(ref reader, out int index))
                    return false;
                choice.Index = index;
            }
            else if (name.SequenceEqual("finish_reason"u8))
            {
                if (reader.TokenType != JsonTokenType.String)
                    return false;
                choice.FinishReason = FastJson.Word<FinishReason>(ref reader);
            }
            else if (!name.SequenceEqual("logprobs"u8) || reader.TokenType != JsonTokenType.Null)
            {
                return false;
            }
        }
        if (!reader.Read() || reader.TokenType != JsonTokenType.EndArray)
            return false;
        completion.Choices = [choice];
        return true;
    }

    private static bool TryReadMessage(ref Utf8JsonReader reader, ChatChoice choice)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            return false;
        var message = new AssistantMessage();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!FastJson.TryEnter(ref reader, out ReadOnlySpan<byte> name) || reader.TokenType != JsonTokenType.String)
                return false;
            if (name.SequenceEqual("content"u8))
                message.Content = reader.GetString();
            else if (name.SequenceEqual("reasoning"u8))
                message.Reasoning = reader.GetString();
            else if (!name.SequenceEqual("role"u8) || !reader.ValueTextEquals("assistant"u8))
                return false;
        }
        choice.Message = message;
        return true;
    }

    private static bool TryReadExtras(ref Utf8JsonReader reader, ChatCompletion completion)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            return false;
        var extras = new XGroq();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!FastJson.TryEnter(ref reader, out ReadOnlySpan<byte> name))
                return false;
            if (name.SequenceEqual("id"u8) && reader.TokenType == JsonTokenType.String)
                extras.Id = reader.GetString();
            else if (name.SequenceEqual("seed"u8) && FastJson.TryReadInt64(ref reader, out long seed))
                extras.Seed = seed;
            else
                return false;
        }
        completion.XGroq = extras;
        return true;
    }
}
