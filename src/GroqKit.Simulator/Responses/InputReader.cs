using System.Text;
using GroqKit.Simulator.Chat.Requests;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.Responses;

/// <summary>Reads the input: a text, or items from messages over calls and their results to replayed output.</summary>
internal static class InputReader
{
    public static IReadOnlyList<ChatMessage> Read(Field input)
    {
        if (input.IsText)
            return [new ChatMessage("user", input.NonEmptyText(), 0, 0)];
        if (!input.IsArray)
            throw input.Must("be a string or an array of items");
        return [.. input.Items(1, int.MaxValue).Select(ReadItem).OfType<ChatMessage>()];
    }

    private static ChatMessage? ReadItem(Field item)
    {
        if (!item.IsObject)
            throw item.Must("be an object");
        string type = item.Value.TryGetProperty("type"u8, out _)
            ? item.Require("type")
                .OneOf(
                    "message",
                    "function_call",
                    "function_call_output",
                    "item_reference",
                    "reasoning",
                    "mcp_list_tools",
                    "mcp_call",
                    "mcp_approval_response"
                )
            : "message";
        return type switch
        {
            "message" => ReadMessage(item),
            "function_call" => ReadCall(item),
            "function_call_output" => ReadResult(item),
            "item_reference" => throw item.Error($"{item.Path}: nothing is stored, so there is no item to refer to"),
            _ => null,
        };
    }

    private static ChatMessage ReadMessage(Field item)
    {
        string role = item.Require("role").OneOf("user", "assistant", "system", "developer");
        Field content = item.Require("content");
        if (content.IsText)
            return new ChatMessage(role, content.Text(), 0, 0);
        if (!content.IsArray)
            throw content.Must("be a string or an array of parts");
        var text = new StringBuilder();
        int images = 0;
        foreach (Field part in content.Items(1, int.MaxValue))
        {
            if (!part.IsObject)
                throw part.Must("be an object");
            if (part.Require("type").OneOf("input_text", "input_image", "output_text") is "input_image")
            {
                part.Require("image_url").NonEmptyText();
                images++;
            }
            else
            {
                text.Append(text.Length == 0 ? "" : "\n").Append(part.Require("text").Text());
            }
        }

        return new ChatMessage(role, text.ToString(), images, 0);
    }

    private static ChatMessage ReadCall(Field item)
    {
        item.Require("call_id").NonEmptyText();
        int tokens = TokenRule.Count(item.Require("name").NonEmptyText());
        return new ChatMessage("assistant", "", 0, tokens + TokenRule.Count(item.Require("arguments").Text()));
    }

    private static ChatMessage ReadResult(Field item)
    {
        item.Require("call_id").NonEmptyText();
        return new ChatMessage("tool", item.Require("output").Text(), 0, 0);
    }
}
