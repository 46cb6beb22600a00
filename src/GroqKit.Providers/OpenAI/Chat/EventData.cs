using System.Text;
using System.Text.Json;

namespace GroqKit.Providers.OpenAI.Chat;

/// <summary>The data of one event: a piece, the end mark, or a text that is neither or tells an error.</summary>
/// <param name="Answer">The piece; null for the end mark and for what cannot be read.</param>
/// <param name="Text">The text, kept only where it tells an error.</param>
/// <param name="IsDone">Whether it is the end mark.</param>
internal readonly record struct EventData(ChatAnswer? Answer, string? Text, bool IsDone)
{
    public static EventData Parse(string eventType, ReadOnlySpan<byte> data)
    {
        if (data.SequenceEqual("[DONE]"u8))
            return new(null, null, true);
        try
        {
            ChatAnswer? answer = JsonSerializer.Deserialize(data, OpenAIJson.Default.ChatAnswer);
            bool tellsError =
                eventType == "error"
                || answer?.Error is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) };
            return new(answer, tellsError ? Encoding.UTF8.GetString(data) : null, false);
        }
        catch (JsonException)
        {
            return new(null, eventType == "error" ? Encoding.UTF8.GetString(data) : null, false);
        }
    }
}
