using System.Text.Json;
using GroqKit.Extensions.AI.Chat;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.OpenAI.Chat;

/// <summary>Writes tools and the choice among them.</summary>
internal static class ToolWriter
{
    /// <exception cref="NotSupportedException">A tool has no counterpart on chat completions.</exception>
    public static void Write(Utf8JsonWriter json, ChatOptions options)
    {
        bool? strict = FormatWriter.ReadStrict(options.AdditionalProperties);
        json.WriteStartArray("tools");
        foreach (AITool tool in options.Tools!)
        {
            if (tool is not AIFunctionDeclaration function)
                throw new NotSupportedException(
                    $"{tool.GetType().Name} '{tool.Name}' has no counterpart on chat completions."
                );
            Write(json, function, FormatWriter.ReadStrict(function.AdditionalProperties) ?? strict);
        }
        json.WriteEndArray();
        WriteChoice(json, options.ToolMode);
        if (options.AllowMultipleToolCalls is { } several)
            json.WriteBoolean("parallel_tool_calls", several);
    }

    private static void Write(Utf8JsonWriter json, AIFunctionDeclaration function, bool? strict)
    {
        json.WriteStartObject();
        json.WriteString("type", "function");
        json.WriteStartObject("function");
        json.WriteString("name", function.Name);
        if (!string.IsNullOrEmpty(function.Description))
            json.WriteString("description", function.Description);
        JsonElement? closed = strict == true ? StrictSchemas.For(function) : null;
        if (strict is not null)
            json.WriteBoolean("strict", closed is not null);
        json.WritePropertyName("parameters");
        (closed ?? function.JsonSchema).WriteTo(json);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteChoice(Utf8JsonWriter json, ChatToolMode? mode)
    {
        switch (mode)
        {
            case null:
                return;
            case AutoChatToolMode:
                json.WriteString("tool_choice", "auto");
                break;
            case NoneChatToolMode:
                json.WriteString("tool_choice", "none");
                break;
            case RequiredChatToolMode { RequiredFunctionName: { } name }:
                json.WriteStartObject("tool_choice");
                json.WriteString("type", "function");
                json.WriteStartObject("function");
                json.WriteString("name", name);
                json.WriteEndObject();
                json.WriteEndObject();
                break;
            case RequiredChatToolMode:
                json.WriteString("tool_choice", "required");
                break;
            default:
                throw new NotSupportedException(
                    $"{nameof(ChatOptions)}.{nameof(ChatOptions.ToolMode)}: {mode.GetType().Name} has no counterpart."
                );
        }
    }
}
