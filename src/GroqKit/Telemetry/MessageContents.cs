using System.Buffers;
using System.Text;
using System.Text.Json;
using GroqKit.Chat;

namespace GroqKit.Telemetry;

/// <summary>Writes what was asked and answered in the conventions' form. Images are named, never held.</summary>
internal static class MessageContents
{
    /// <summary>The most of one part that is kept, in characters.</summary>
    private const int Longest = 8 * 1024;

    public static string Input(IReadOnlyList<ChatMessage> messages) =>
        Write(json =>
        {
            foreach (ChatMessage message in messages)
                WriteMessage(json, message);
        });

    public static string Output(IReadOnlyList<ChatChoice> choices) =>
        Write(json =>
        {
            foreach (ChatChoice choice in choices)
                WriteChoice(json, choice);
        });

    public static string Tools(IReadOnlyList<ChatTool> tools) =>
        Write(json =>
        {
            foreach (ChatTool tool in tools)
            {
                json.WriteStartObject();
                json.WriteString("type", tool.Type.Value);
                if (tool.Function?.Name is { } name)
                    json.WriteString("name", name);
                json.WriteEndObject();
            }
        });

    private static string Write(Action<Utf8JsonWriter> items)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            items(json);
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteMessage(Utf8JsonWriter json, ChatMessage message)
    {
        json.WriteStartObject();
        json.WriteString("role", Role(message.Role));
        if (message.Name is not null)
            json.WriteString("name", message.Name);
        json.WriteStartArray("parts");
        WriteReasoning(json, message.Reasoning);
        if (message.ToolCallId is { } id)
            WriteToolAnswer(json, id, message.Content?.ToString());
        else
            WriteContent(json, message.Content);
        WriteToolCalls(json, message.ToolCalls);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteChoice(Utf8JsonWriter json, ChatChoice choice)
    {
        json.WriteStartObject();
        json.WriteString("role", choice.Message.Role.Value);
        json.WriteStartArray("parts");
        WriteReasoning(json, choice.Message.Reasoning);
        WriteText(json, choice.Message.Content);
        WriteToolCalls(json, choice.Message.ToolCalls);
        json.WriteEndArray();
        json.WriteString("finish_reason", FinishReason(choice.FinishReason?.Value));
        json.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter json, MessageContent? content)
    {
        if (content is not { } some)
            return;
        WriteText(json, some.Text);
        foreach (ContentPart part in some.Parts ?? [])
        {
            if (part.ImageUrl is { } image)
                WriteImage(json, image.Url);
            else
                WriteText(json, part.Text);
        }
    }

    private static void WriteText(Utf8JsonWriter json, string? text)
    {
        if (text is null)
            return;
        json.WriteStartObject();
        json.WriteString("type", "text");
        json.WriteString("content", Cut(text));
        json.WriteEndObject();
    }

    private static void WriteReasoning(Utf8JsonWriter json, string? text)
    {
        if (text is null)
            return;
        json.WriteStartObject();
        json.WriteString("type", "reasoning");
        json.WriteString("content", Cut(text));
        json.WriteEndObject();
    }

    private static void WriteImage(Utf8JsonWriter json, string url)
    {
        bool isInline = url.StartsWith("data:", StringComparison.OrdinalIgnoreCase);
        json.WriteStartObject();
        json.WriteString("type", isInline ? "blob" : "uri");
        json.WriteString("modality", "image");
        if (isInline)
            json.WriteString("mime_type", url.AsSpan(5, Math.Max(0, url.AsSpan(5).IndexOfAny(';', ','))));
        else
            json.WriteString("uri", Cut(url));
        json.WriteEndObject();
    }

    private static void WriteToolCalls(Utf8JsonWriter json, IReadOnlyList<ToolCall>? calls)
    {
        foreach (ToolCall call in calls ?? [])
        {
            json.WriteStartObject();
            json.WriteString("type", "tool_call");
            json.WriteString("id", call.Id);
            json.WriteString("name", call.Function.Name);
            json.WriteString("arguments", Cut(call.Function.Arguments));
            json.WriteEndObject();
        }
    }

    private static void WriteToolAnswer(Utf8JsonWriter json, string id, string? answer)
    {
        json.WriteStartObject();
        json.WriteString("type", "tool_call_response");
        json.WriteString("id", id);
        json.WriteString("response", Cut(answer ?? ""));
        json.WriteEndObject();
    }

    // The conventions know no developer.
    private static string Role(ChatRole role) => role == ChatRole.Developer ? "system" : role.Value;

    private static string FinishReason(string? reason) =>
        reason switch
        {
            null => "error",
            "tool_calls" or "function_call" => "tool_call",
            _ => reason,
        };

    private static string Cut(string text)
    {
        if (text.Length <= Longest)
            return text;
        int length = char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest;
        return $"{text.AsSpan(0, length)}… ({text.Length} characters)";
    }
}
