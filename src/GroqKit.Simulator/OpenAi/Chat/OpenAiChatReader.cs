using System.Collections.Frozen;
using GroqKit.Simulator.Chat.Requests;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.OpenAi.Chat;

/// <summary>Reads a chat request. What a property means for a model is checked elsewhere.</summary>
internal static class OpenAiChatReader
{
    private const int MostAnswers = 128;
    private const int MostTools = 128;

    /// <summary>Read for OpenAI just as for Groq.</summary>
    private static readonly FrozenSet<string> Shared = new[]
    {
        "model",
        "max_tokens",
        "max_completion_tokens",
        "stop",
        "seed",
        "stream",
        "parallel_tool_calls",
        "functions",
        "function_call",
        "response_format",
        "user",
        "metadata",
        "store",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Accepted, and without effect on an answer that is made up.</summary>
    private static readonly FrozenSet<string> WithoutEffect = new[]
    {
        "logit_bias",
        "logprobs",
        "top_logprobs",
        "verbosity",
        "prediction",
        "modalities",
        "prompt_cache_key",
        "prompt_cache_options",
        "prompt_cache_retention",
        "safety_identifier",
        "moderation",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <exception cref="Errors.ApiException">A property is missing, unknown or out of range.</exception>
    public static OpenAiChatRequest Read(Field root)
    {
        var chat = new ChatRequest
        {
            Hash = StableHash.Of(root.Value, "stream", "stream_options"),
            // OpenAI thinks in private.
            IncludeReasoning = false,
        };
        var request = new OpenAiChatRequest { Chat = chat };
        root.Require("model");
        root.Require("messages");
        foreach (Field field in root.Properties())
        {
            if (!field.IsNull)
            {
                request.Given.Add(field.Name);
                ReadField(request, field);
            }
        }

        CheckTools(root, chat);
        return request;
    }

    private static void ReadField(OpenAiChatRequest request, Field field)
    {
        ChatRequest chat = request.Chat;
        switch (field.Name)
        {
            case "messages":
                chat.Messages = [.. field.Items(1, int.MaxValue).Select(OpenAiMessageReader.Read)];
                break;
            case "n":
                request.Count = field.Integer(1, MostAnswers);
                break;
            case "temperature":
                Note(request, field, field.Number(0, 2), usual: 1);
                break;
            case "top_p":
                Note(request, field, field.Number(0, 1), usual: 1);
                break;
            case "frequency_penalty" or "presence_penalty":
                Note(request, field, field.Number(-2, 2), usual: 0);
                break;
            case "reasoning_effort":
                chat.ReasoningEffort = field.NonEmptyText();
                break;
            case "service_tier":
                field.OneOf("auto", "default", "flex", "scale", "priority", "fast");
                break;
            case "stream_options":
                ReadStreamOptions(request, field);
                break;
            case "tools":
                chat.Tools = [.. field.Items(0, MostTools).Select(ReadTool)];
                break;
            case "tool_choice":
                chat.ToolChoice = ReadChoice(field);
                break;
            default:
                if (Shared.Contains(field.Name))
                    ChatRequestRules.All[field.Name].Read(chat, field);
                else if (!WithoutEffect.Contains(field.Name))
                    throw OpenAiWire.Unrecognized(field.Name);
                break;
        }
    }

    private static void Note(OpenAiChatRequest request, Field field, double value, double usual)
    {
        if (Math.Abs(value - usual) > double.Epsilon)
            request.ChangedSampling ??= field.Name;
    }

    private static void ReadStreamOptions(OpenAiChatRequest request, Field field)
    {
        foreach (Field option in field.Properties())
        {
            if (option.Name is "include_usage")
                request.Chat.IncludeUsage = !option.IsNull && option.Bool();
            else if (option.Name is "include_obfuscation")
                request.Obfuscates = option.IsNull || option.Bool();
            else
                throw option.Unsupported();
        }
    }

    private static ToolOffer ReadTool(Field tool)
    {
        if (!tool.IsObject)
            throw tool.Must("be an object");
        // A tool whose input is free text is offered, but the simulator has nothing to say to it.
        return tool.Require("type").OneOf("function", "custom") is "function"
            ? ToolReader.ReadFunction(tool.Require("function"))
            : new ToolOffer(null, "custom", null, TokenRule.Count(tool.Value.GetRawText()));
    }

    private static ToolChoice ReadChoice(Field choice)
    {
        if (!choice.IsObject || choice.Require("type").OneOf("function", "allowed_tools", "custom") is "function")
            return ToolReader.ReadChoice(choice);
        return choice.Require("type").Text() is "allowed_tools"
            ? new ToolChoice(choice.Require("allowed_tools").Require("mode").OneOf("auto", "required"))
            : ToolChoice.Auto;
    }

    private static void CheckTools(Field root, ChatRequest chat)
    {
        if (chat.ToolChoice.Forces && !chat.HasFunctions)
            throw root.Require("tool_choice").Error("'tool_choice' is only allowed when 'tools' are specified.");
        if (chat.ToolChoice.Name is { } name && !chat.Tools.Any(tool => tool.Name == name))
            throw root.Require("tool_choice").Error($"tool_choice names '{name}', which is not among the tools");
        bool mentionsJson = chat.Messages.Any(message =>
            message.Text.Contains("json", StringComparison.OrdinalIgnoreCase)
        );
        if (chat.Format.Type is "json_object" && !mentionsJson)
            throw root.Require("messages")
                .Error("'messages' must contain the word 'json' to use response_format json_object.");
    }
}
