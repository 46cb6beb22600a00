using GroqKit.Simulator.Chat.Requests;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.Responses;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.OpenAi.Responses;

/// <summary>Reads a request to the Responses API: what Groq knows of it, and what only OpenAI does.</summary>
internal static class OpenAiResponseReader
{
    private const int FewestTokens = 16;
    private const int MostTools = 128;

    private static readonly string[] WithoutEffect =
    [
        "include",
        "store",
        "metadata",
        "stream_options",
        "max_tool_calls",
        "safety_identifier",
        "prompt_cache_key",
        "prompt_cache_options",
        "prompt_cache_retention",
        "context_management",
        "moderation",
        "top_logprobs",
    ];

    /// <exception cref="Errors.ApiException">A property is missing, unknown, out of range or needs what is not kept.</exception>
    public static ResponseRequest Read(Field root)
    {
        var chat = new ChatRequest { Hash = StableHash.Of(root.Value, "stream"), IncludeReasoning = false };
        chat.Model = root.Require("model").NonEmptyText();
        List<ChatMessage> messages = [];
        Field input = root.Require("input");
        foreach (Field field in root.Properties())
        {
            if (!field.IsNull && !WithoutEffect.Contains(field.Name))
                ReadField(field, chat, messages);
        }

        messages.AddRange(InputReader.Read(input));
        chat.Messages = messages;
        if (chat.ToolChoice.Forces && !chat.HasFunctions)
            throw root.Require("tool_choice").Error("tool_choice asks for a call, but no function is offered");
        return new ResponseRequest(chat, root.Value.Clone());
    }

    private static void ReadField(Field field, ChatRequest chat, List<ChatMessage> messages)
    {
        switch (field.Name)
        {
            case "previous_response_id":
                throw field.Error(
                    $"Previous response with id '{field.Text()}' not found.",
                    "previous_response_not_found"
                );
            case "conversation" or "background" or "prompt":
                throw field.Error($"{field.Name}: the simulator keeps no responses");
            case "max_output_tokens":
                chat.MaxTokens =
                    field.Integer(1, int.MaxValue) >= FewestTokens
                        ? field.Integer(1, int.MaxValue)
                        : throw field.Error(
                            $"Invalid 'max_output_tokens': integer below minimum value. Expected a value >= {FewestTokens}.",
                            "integer_below_min_value"
                        );
                break;
            case "reasoning":
                foreach (Field part in field.Properties())
                    chat.ReasoningEffort = part.Name is "effort" && !part.IsNull ? part.Text() : chat.ReasoningEffort;
                break;
            case "tools":
                chat.Tools = [.. field.Items(0, MostTools).Select(ReadTool)];
                break;
            case "tool_choice" when field.IsObject:
                // The name stands flat here, without an inner object.
                chat.ToolChoice = field.Require("type").NonEmptyText() is "function"
                    ? ToolChoice.Named(field.Require("name").NonEmptyText())
                    : ToolChoice.Auto;
                break;
            case "text":
                foreach (Field part in field.Properties())
                    chat.Format = part.Name is "format" ? ResponseFormatReader.ReadFlat(part) : chat.Format;
                break;
            case "service_tier":
                field.OneOf("auto", "default", "flex", "scale", "priority", "fast", "ultrafast");
                break;
            default:
                ResponseRequestReader.ReadField(field, chat, messages);
                break;
        }
    }

    private static ToolOffer ReadTool(Field tool)
    {
        if (!tool.IsObject)
            throw tool.Must("be an object");
        // Tools that run on the server are taken and not used.
        return tool.Require("type").NonEmptyText() is "function"
            ? ToolReader.ReadFunction(tool, "type")
            : new ToolOffer(null, "hosted", null, TokenRule.Count(tool.Value.GetRawText()));
    }
}
