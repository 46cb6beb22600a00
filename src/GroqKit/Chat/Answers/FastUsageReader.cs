using System.Text.Json;
using GroqKit.Json;

namespace GroqKit.Chat;

/// <summary>Reads the usual figures of a call. Anything unusual is left to the generated reader.</summary>
internal static class FastUsageReader
{
    /// <summary>False: not the usual figures.</summary>
    public static bool TryRead(ref Utf8JsonReader reader, out ChatUsage? usage)
    {
        usage = null;
        if (reader.TokenType != JsonTokenType.StartObject)
            return false;
        var read = new ChatUsage();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!FastJson.TryEnter(ref reader, out ReadOnlySpan<byte> name) || !TryReadMember(ref reader, name, read))
                return false;
        }
        usage = read;
        return true;
    }

    private static bool TryReadMember(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ChatUsage usage)
    {
        if (name.EndsWith("_details"u8))
            return TryReadDetails(ref reader, name, usage);
        if (name.EndsWith("_time"u8))
            return TryReadTime(ref reader, name, usage);
        if (!FastJson.TryReadInt32(ref reader, out int tokens))
            return false;
        if (name.SequenceEqual("prompt_tokens"u8))
            usage.PromptTokens = tokens;
        else if (name.SequenceEqual("completion_tokens"u8))
            usage.CompletionTokens = tokens;
        else if (name.SequenceEqual("total_tokens"u8))
            usage.TotalTokens = tokens;
        else
            return false;
        return true;
    }

    private static bool TryReadTime(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ChatUsage usage)
    {
        if (!FastJson.TryReadDouble(ref reader, out double seconds))
            return false;
        if (name.SequenceEqual("queue_time"u8))
            usage.QueueTime = seconds;
        else if (name.SequenceEqual("prompt_time"u8))
            usage.PromptTime = seconds;
        else if (name.SequenceEqual("completion_time"u8))
            usage.CompletionTime = seconds;
        else if (name.SequenceEqual("total_time"u8))
            usage.TotalTime = seconds;
        else
            return false;
        return true;
    }

    // One figure each, which Groq leaves out with its object when it is zero.
    private static bool TryReadDetails(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ChatUsage usage)
    {
        bool ofPrompt = name.SequenceEqual("prompt_tokens_details"u8);
        if (!ofPrompt && !name.SequenceEqual("completion_tokens_details"u8))
            return false;
        if (reader.TokenType != JsonTokenType.StartObject)
            return false;
        int tokens = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isKnown =
                FastJson.TryEnter(ref reader, out ReadOnlySpan<byte> member)
                && member.SequenceEqual(ofPrompt ? "cached_tokens"u8 : "reasoning_tokens"u8)
                && FastJson.TryReadInt32(ref reader, out tokens);
            if (!isKnown)
                return false;
        }
        if (ofPrompt)
            usage.PromptTokensDetails = new() { CachedTokens = tokens };
        else
            usage.CompletionTokensDetails = new() { ReasoningTokens = tokens };
        return true;
    }
}
