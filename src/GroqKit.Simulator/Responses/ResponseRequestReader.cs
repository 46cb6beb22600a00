using GroqKit.Simulator.Chat.Requests;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.Responses;

/// <summary>Reads the closed object that a request to the Responses API is, into what it means for the model.</summary>
internal static class ResponseRequestReader
{
    private const int MostTools = 128;
    private const int MostMetadata = 16;

    /// <exception cref="Errors.ApiException">A property is missing, unknown, out of range or needs what is not kept.</exception>
    public static ResponseRequest Read(Field root)
    {
        var chat = new ChatRequest { Hash = StableHash.Of(root.Value, "stream"), IncludeReasoning = true };
        chat.Model = root.Require("model").NonEmptyText();
        List<ChatMessage> messages = [];
        Field input = root.Require("input");
        foreach (Field field in root.Properties())
        {
            if (!field.IsNull)
                ReadField(field, chat, messages);
        }

        messages.AddRange(InputReader.Read(input));
        chat.Messages = messages;
        // A request without an effort leaves the model's own way of thinking alone, and its field too.
        if (chat.ToolChoice.Forces && !chat.HasFunctions)
            throw root.Require("tool_choice").Error("tool_choice asks for a call, but no function is offered");
        if (chat.ToolChoice.Name is { } name && !chat.Tools.Any(tool => tool.Name == name))
            throw root.Require("tool_choice").Error($"tool_choice names '{name}', which is not among the tools");
        return new ResponseRequest(chat, root.Value.Clone());
    }

    /// <exception cref="Errors.ApiException">The property is unknown or out of range.</exception>
    public static void ReadField(Field field, ChatRequest chat, List<ChatMessage> messages)
    {
        switch (field.Name)
        {
            case "model" or "input":
                break;
            case "instructions":
                messages.Add(new ChatMessage("system", field.Text(), 0, 0));
                break;
            case "max_output_tokens":
                chat.MaxTokens = field.Integer(1, int.MaxValue);
                break;
            case "temperature":
                field.Number(0, 2);
                break;
            case "top_p":
                field.Number(0, 1);
                break;
            case "stream":
                chat.Stream = field.Bool();
                break;
            case "parallel_tool_calls":
                chat.ParallelToolCalls = field.Bool();
                break;
            case "tools":
                chat.Tools = [.. field.Items(0, MostTools).Select(ReadTool)];
                break;
            case "tool_choice":
                chat.ToolChoice = ToolReader.ReadChoice(field);
                break;
            case "text":
                ReadText(field, chat);
                break;
            case "reasoning":
                ReadReasoning(field, chat);
                break;
            case "metadata":
                foreach (Field value in field.Properties())
                    value.Text();
                if (field.Properties().Count() > MostMetadata)
                    throw field.Must($"have at most {MostMetadata} entries");
                break;
            case "service_tier":
                field.OneOf("auto", "default", "flex");
                break;
            case "store":
                if (field.Bool())
                    throw field.Must("be false or null: responses are not stored");
                break;
            case "truncation":
                field.OneOf("auto", "disabled");
                break;
            case "user":
                field.Text();
                break;
            default:
                throw field.Unsupported();
        }
    }

    private static ToolOffer ReadTool(Field tool)
    {
        if (!tool.IsObject)
            throw tool.Must("be an object");
        string type = tool.Require("type").OneOf("function", "browser_search", "code_interpreter", "mcp");
        // Here a function stands flat in the tool.
        return type is "function" ? ToolReader.ReadFunction(tool, "type") : ToolReader.ReadServerTool(tool, type);
    }

    private static void ReadText(Field text, ChatRequest chat)
    {
        foreach (Field field in text.Properties())
        {
            if (field.Name is not "format")
                throw field.Unsupported();
            chat.Format = ResponseFormatReader.ReadFlat(field);
            if (chat.Format.Schema is { } schema)
                chat.OtherTokens += TokenRule.Count(schema.GetRawText());
        }
    }

    private static void ReadReasoning(Field reasoning, ChatRequest chat)
    {
        foreach (Field field in reasoning.Properties())
        {
            if (field.Name is "effort")
                chat.ReasoningEffort = field.IsNull ? null : field.OneOf("low", "medium", "high");
            else if (field.Name is not "summary" || !field.IsNull)
                throw field.Unsupported();
        }
    }
}
