using System.Text.Json;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Services.Forwarding;

/// <summary>Reads usage, finish reason and errors from an answer object: a whole answer or one chunk of a stream.</summary>
internal static class ChunkReader
{
    /// <summary>Whether a chunk brings words, thoughts or calls; for the time to first output.</summary>
    public static bool HasOutput(ReadOnlySpan<byte> json) =>
        Brings(json, "\"content\""u8)
        || Brings(json, "\"reasoning\""u8)
        || Brings(json, "\"reasoning_content\""u8)
        || Brings(json, "\"refusal\""u8)
        || Brings(json, "\"text\""u8)
        || Brings(json, "\"tool_calls\""u8)
        || Brings(json, "\"function_call\""u8);

    /// <returns>False when it is no well-formed JSON object.</returns>
    public static bool TryRead(ReadOnlySpan<byte> json, out ChunkFacts facts)
    {
        try
        {
            facts = Read(json);
            return true;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            facts = default;
            return false;
        }
    }

    // Servers differ in the white space they write: between a name and its value there may be any.
    private static bool Brings(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        for (int at = json.IndexOf(name); at >= 0; at = json.IndexOf(name))
        {
            json = json[(at + name.Length)..];
            ReadOnlySpan<byte> value = json.TrimStart(" \t\r\n:"u8);
            if (value.Length < 2)
                return false;
            ReadOnlySpan<byte> inside = value[1..].TrimStart(" \t\r\n"u8);
            if (
                value[0] switch
                {
                    (byte)'"' => value[1] != '"',
                    (byte)'[' or (byte)'{' => inside is [(byte)'{' or (byte)'"', ..],
                    _ => false,
                }
            )
                return true;
        }
        return false;
    }

    private static ChunkFacts Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("Not an object.");
        TokenUsage usage = default;
        string? finish = null;
        string? tier = null;
        bool error = false;
        bool stopped = false;
        bool choices = false;
        int endings = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("usage"u8))
                usage = usage.Larger(ReadUsage(ref reader));
            else if (reader.ValueTextEquals("x_groq"u8))
                usage = usage.Larger(ReadGroq(ref reader, ref stopped));
            else if (reader.ValueTextEquals("choices"u8))
                choices |= ReadChoices(ref reader, ref finish, ref endings);
            else if (reader.ValueTextEquals("service_tier"u8))
                tier = ReadTier(ref reader);
            else if (reader.ValueTextEquals("error"u8))
                error |= ReadError(ref reader);
            else
                reader.Skip();
        }
        // Finds anything but white space after the object.
        reader.Read();
        return new ChunkFacts(usage, finish, error, stopped)
        {
            ServiceTier = tier,
            Endings = endings,
            HasChoices = choices,
        };
    }

    private static TokenUsage ReadUsage(ref Utf8JsonReader reader)
    {
        long prompt = 0;
        long completion = 0;
        long total = 0;
        long cached = 0;
        long reasoning = 0;
        if (!Enter(ref reader, JsonTokenType.StartObject))
            return default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("prompt_tokens"u8) || reader.ValueTextEquals("input_tokens"u8))
                prompt = ReadCount(ref reader);
            else if (reader.ValueTextEquals("completion_tokens"u8) || reader.ValueTextEquals("output_tokens"u8))
                completion = ReadCount(ref reader);
            else if (reader.ValueTextEquals("total_tokens"u8))
                total = ReadCount(ref reader);
            else if (
                reader.ValueTextEquals("prompt_tokens_details"u8) || reader.ValueTextEquals("input_tokens_details"u8)
            )
                cached = ReadDetail(ref reader, "cached_tokens"u8);
            else if (
                reader.ValueTextEquals("completion_tokens_details"u8)
                || reader.ValueTextEquals("output_tokens_details"u8)
            )
                reasoning = ReadDetail(ref reader, "reasoning_tokens"u8);
            else
                reader.Skip();
        }
        return new TokenUsage(prompt, completion, total, cached, reasoning);
    }

    private static long ReadDetail(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        long count = 0;
        if (!Enter(ref reader, JsonTokenType.StartObject))
            return count;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(name))
                count = ReadCount(ref reader);
            else
                reader.Skip();
        }
        return count;
    }

    private static TokenUsage ReadGroq(ref Utf8JsonReader reader, ref bool stopped)
    {
        TokenUsage usage = default;
        if (!Enter(ref reader, JsonTokenType.StartObject))
            return usage;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("usage"u8))
                usage = ReadUsage(ref reader);
            else if (reader.ValueTextEquals("error"u8))
                stopped |= ReadError(ref reader);
            else
                reader.Skip();
        }
        return usage;
    }

    private static bool ReadChoices(ref Utf8JsonReader reader, ref string? finish, ref int endings)
    {
        if (!Enter(ref reader, JsonTokenType.StartArray))
            return false;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
                throw new JsonException("A choice is no object.");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isFinish = reader.ValueTextEquals("finish_reason"u8);
                reader.Read();
                // Some servers write an empty one until there is one.
                if (isFinish && reader.TokenType == JsonTokenType.String && !reader.ValueSpan.IsEmpty)
                {
                    finish = FinishReasonOf(ref reader);
                    endings++;
                }
                else
                {
                    reader.Skip();
                }
            }
        }
        return true;
    }

    // The usual tier of each provider needs no name, and costs no allocation.
    private static string? ReadTier(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.ValueTextEquals("on_demand"u8) || reader.ValueTextEquals("default"u8)
                ? null
                : reader.GetString();
        }
        reader.Skip();
        return null;
    }

    private static bool ReadError(ref Utf8JsonReader reader)
    {
        reader.Read();
        bool isError = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.String;
        reader.Skip();
        return isError;
    }

    private static long ReadCount(ref Utf8JsonReader reader)
    {
        reader.Read();
        long count = reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long value) ? value : 0;
        reader.Skip();
        return Math.Max(count, 0);
    }

    /// <summary>Moves to the value; false, with the value skipped, when it is of another kind.</summary>
    private static bool Enter(ref Utf8JsonReader reader, JsonTokenType kind)
    {
        reader.Read();
        if (reader.TokenType == kind)
            return true;
        reader.Skip();
        return false;
    }

    // The usual reasons cost no allocation.
    private static string? FinishReasonOf(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("stop"u8) ? "stop"
        : reader.ValueTextEquals("length"u8) ? "length"
        : reader.ValueTextEquals("tool_calls"u8) ? "tool_calls"
        : reader.GetString();
}
