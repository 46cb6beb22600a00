using GroqKit.Simulator.Http;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.Chat.Requests;

/// <summary>Reads the closed object that a chat request is. What a property means for a model is checked elsewhere.</summary>
internal static class ChatRequestReader
{
    /// <exception cref="Errors.ApiException">A property is missing, unknown or out of range.</exception>
    public static ChatRequest Read(Field root)
    {
        var request = new ChatRequest { Hash = StableHash.Of(root.Value, "stream", "stream_options") };
        root.Require("model");
        root.Require("messages");
        foreach (Field field in root.Properties())
        {
            if (!ChatRequestRules.All.TryGetValue(field.Name, out ChatRequestRule? rule))
                throw field.Unsupported();
            if (!field.IsNull)
                rule.Read(request, field);
            else if (!rule.MayBeNull)
                throw field.Must("not be null");
        }

        CheckTogether(root, request);
        return request;
    }

    private static void CheckTogether(Field root, ChatRequest request)
    {
        if (request is { ReasoningFormat: not null, IncludeReasoning: not null })
        {
            throw root.Require("include_reasoning")
                .Error("reasoning_format and include_reasoning cannot be used together");
        }

        if (request.Format.IsJson && request.Tools.Count > 0)
        {
            throw root.Require("response_format").Error("json mode cannot be combined with tool/function calling");
        }

        if (request.Format.IsJson && request.ReasoningFormat is "raw")
        {
            throw root.Require("reasoning_format")
                .Error("reasoning_format `raw` cannot be combined with json mode; use `parsed` or `hidden`");
        }

        if (request.HasFunctions && request.ReasoningFormat is "raw")
        {
            throw root.Require("reasoning_format")
                .Error(
                    "reasoning_format `raw` cannot be combined with tool/function calling; use `parsed` or `hidden`"
                );
        }

        if (request.Format.Type is "json_object" && !MentionsJson(request))
        {
            throw root.Require("messages")
                .Error("messages must contain the word 'json' in some form to use response_format json_object");
        }

        string choice = request.UsesFunctions ? "function_call" : "tool_choice";
        if (request.ToolChoice.Forces && !request.HasFunctions)
            throw root.Require(choice).Error($"{choice} asks for a call, but no function is offered");
        if (request.ToolChoice.Name is { } name && !request.Tools.Any(tool => tool.Name == name))
            throw root.Require(choice).Error($"{choice} names '{name}', which is not among the functions offered");
    }

    private static bool MentionsJson(ChatRequest request) =>
        request.Messages.Any(message => message.Text.Contains("json", StringComparison.OrdinalIgnoreCase));
}
