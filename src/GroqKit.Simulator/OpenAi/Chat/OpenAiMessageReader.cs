using System.Text;
using GroqKit.Simulator.Chat.Requests;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.OpenAi.Chat;

/// <summary>Reads one message. Unlike Groq's, messages are not closed: what is not known is left alone.</summary>
internal static class OpenAiMessageReader
{
    public static ChatMessage Read(Field message)
    {
        if (!message.IsObject)
            throw message.Must("be an object");
        string role = message.Require("role").OneOf("system", "developer", "user", "assistant", "tool", "function");
        if (role is "tool")
            message.Require("tool_call_id").NonEmptyText();
        int callTokens = Optional(message, "tool_calls") is { } calls
            ? calls.Items(0, int.MaxValue).Sum(CallTokens)
            : 0;
        if (Optional(message, "content") is { } content)
        {
            (string text, int images) = ReadContent(content);
            return new ChatMessage(role, text, images, callTokens);
        }

        return role is "assistant" or "function"
            ? new ChatMessage(role, "", 0, callTokens)
            : throw message.Require("content").Must("be a string or an array of parts");
    }

    private static (string Text, int Images) ReadContent(Field content)
    {
        if (content.IsText)
            return (content.Text(), 0);
        var text = new StringBuilder();
        int images = 0;
        foreach (Field part in content.Items(0, int.MaxValue))
        {
            if (!part.IsObject)
                throw part.Must("be an object");
            string type = part.Require("type").OneOf("text", "image_url", "input_audio", "file", "refusal");
            Field value = part.Require(type);
            if (type is "text" or "refusal")
                text.Append(text.Length == 0 ? "" : "\n").Append(value.Text());
            else if (!value.IsObject)
                throw value.Must("be an object");
            if (type is "image_url")
            {
                value.Require("url").NonEmptyText();
                images++;
            }
        }

        return (text.ToString(), images);
    }

    private static int CallTokens(Field call)
    {
        if (!call.IsObject)
            throw call.Must("be an object");
        call.Require("id").NonEmptyText();
        string type = call.Require("type").OneOf("function", "custom");
        Field inner = call.Require(type);
        string text = inner.Require(type is "function" ? "arguments" : "input").Text();
        return TokenRule.Count(inner.Require("name").NonEmptyText()) + TokenRule.Count(text);
    }

    private static Field? Optional(Field message, string name) =>
        message.Value.TryGetProperty(name, out var value) && value.ValueKind is not System.Text.Json.JsonValueKind.Null
            ? message.Require(name)
            : null;
}
