using System.Text.Json;
using GroqKit.Catalog;
using GroqKit.Chat;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.AI.Chat;

/// <summary>Tools and the choice among them.</summary>
internal static class ToolMapping
{
    /// <exception cref="NotSupportedException">Groq, or the model, does not have the tool.</exception>
    public static ChatRequest Apply(ChatRequest request, ChatOptions options, CatalogModel? model)
    {
        if (options.Tools is not { Count: > 0 } given)
            return request;
        bool? strict = AdditionalFields.ReadStrict(options.AdditionalProperties);
        ChatTool[] tools = [.. given.Select(tool => Map(tool, strict, request.Model, model)).OfType<ChatTool>()];
        if (tools.Length == 0)
            return request;
        return request with
        {
            Tools = tools,
            ToolChoice = Map(options.ToolMode),
            ParallelToolCalls = options.AllowMultipleToolCalls,
        };
    }

    // Null: the model has the tool without being told.
    private static ChatTool? Map(AITool tool, bool? strict, string id, CatalogModel? model) =>
        tool switch
        {
            AIFunctionDeclaration function => Map(
                function,
                AdditionalFields.ReadStrict(function.AdditionalProperties) ?? strict
            ),
            HostedWebSearchTool => BuiltIn(tool, ChatTool.BrowserSearch, ModelCapability.BrowserSearch, id, model),
            HostedCodeInterpreterTool { Inputs.Count: > 0 } => throw new NotSupportedException(
                "HostedCodeInterpreterTool.Inputs: Groq's code interpreter takes no files."
            ),
            HostedCodeInterpreterTool => BuiltIn(
                tool,
                ChatTool.CodeInterpreter,
                ModelCapability.CodeInterpreter,
                id,
                model
            ),
            HostedMcpServerTool server => McpMapping.Map(server),
            _ => throw new NotSupportedException($"{tool.GetType().Name} '{tool.Name}' has no counterpart at Groq."),
        };

    private static ChatTool Map(AIFunctionDeclaration function, bool? strict)
    {
        JsonElement? closed = strict == true ? StrictSchemas.For(function) : null;
        return ChatTool.ForFunction(
            function.Name,
            string.IsNullOrEmpty(function.Description) ? null : function.Description,
            closed ?? function.JsonSchema,
            strict == true ? closed is not null : strict
        );
    }

    private static ChatTool? BuiltIn(
        AITool tool,
        ChatTool mapped,
        ModelCapability needed,
        string id,
        CatalogModel? model
    )
    {
        // Compound systems use their tools as they see fit, and take no list of them.
        if (model?.Supports(ModelCapability.WebSearch) == true)
            return null;
        return model?.Supports(needed) != false
            ? mapped
            : throw new NotSupportedException($"{tool.GetType().Name}: the model {id} does not have it.");
    }

    private static ToolChoice? Map(ChatToolMode? mode) =>
        mode switch
        {
            null => null,
            AutoChatToolMode => ToolChoice.Auto,
            NoneChatToolMode => ToolChoice.None,
            RequiredChatToolMode { RequiredFunctionName: { } name } => ToolChoice.ForFunction(name),
            RequiredChatToolMode => ToolChoice.Required,
            _ => throw new NotSupportedException(
                $"{nameof(ChatOptions)}.{nameof(ChatOptions.ToolMode)}: {mode.GetType().Name} has no counterpart at Groq."
            ),
        };
}
