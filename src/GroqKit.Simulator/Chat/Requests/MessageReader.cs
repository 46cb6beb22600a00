using System.Collections.Frozen;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.Chat.Requests;

/// <summary>Reads one message; like the request it is a closed object.</summary>
internal static class MessageReader
{
    private static readonly FrozenDictionary<string, string[]> FieldsByRole = new Dictionary<string, string[]>
    {
        ["system"] = ["role", "content"],
        ["developer"] = ["role", "content"],
        ["user"] = ["role", "content"],
        ["assistant"] = ["role", "content", "reasoning", "tool_calls", "function_call"],
        ["tool"] = ["role", "content", "tool_call_id", "name"],
        ["function"] = ["role", "content", "name"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static ChatMessage Read(Field message)
    {
        if (!message.IsObject)
            throw message.Must("be an object");
        string role = message.Require("role").OneOf("system", "developer", "user", "assistant", "tool", "function");
        Field content = default;
        int otherTokens = 0;
        bool calls = false;
        foreach (Field field in message.Properties())
        {
            if (!FieldsByRole[role].Contains(field.Name))
                throw field.Unsupported();
            if (field.Name is "content")
                content = field;
            else if (field.Name is "tool_calls" or "function_call" && !field.IsNull)
                (calls, otherTokens) = (true, otherTokens + CallTokens(field));
            else if (field.Name is "reasoning" && !field.IsNull)
                otherTokens += TokenRule.Count(field.Text());
            else if (!field.IsNull)
                field.Text();
        }

        CheckRequired(message, role);
        bool mayBeEmpty = role is "function" || (role is "assistant" && calls);
        if (content.Path is null || content.IsNull)
        {
            if (mayBeEmpty)
                return new ChatMessage(role, "", 0, otherTokens);
            throw message.Require("content").Must("be a string");
        }

        var (text, images, partTokens) = ContentReader.Read(content, role);
        return new ChatMessage(role, text, images, otherTokens + partTokens);
    }

    private static void CheckRequired(Field message, string role)
    {
        if (role is "tool")
            message.Require("tool_call_id").NonEmptyText();
        if (role is "function")
            message.Require("name").NonEmptyText();
    }

    private static int CallTokens(Field calls)
    {
        if (calls.Name is "function_call")
            return FunctionTokens(calls);
        int tokens = 0;
        foreach (Field call in calls.Items(0, int.MaxValue))
        {
            if (!call.IsObject)
                throw call.Must("be an object");
            call.Require("id").Text();
            call.Require("type").OneOf("function");
            tokens += FunctionTokens(call.Require("function"));
        }

        return tokens;
    }

    private static int FunctionTokens(Field function)
    {
        if (!function.IsObject)
            throw function.Must("be an object");
        return TokenRule.Count(function.Require("name").Text()) + TokenRule.Count(function.Require("arguments").Text());
    }
}
