using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.OpenAI.Chat;

/// <summary>Writes messages.</summary>
internal readonly struct MessageWriter(Utf8JsonWriter json)
{
    private static readonly JsonTypeInfo<IDictionary<string, object?>> Arguments =
        (JsonTypeInfo<IDictionary<string, object?>>)
            AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(IDictionary<string, object?>));

    public void Write(string? instructions, IEnumerable<ChatMessage> messages)
    {
        if (!string.IsNullOrEmpty(instructions))
            WriteText("system", instructions);
        int index = 0;
        foreach (ChatMessage message in messages)
        {
            if (message is null)
                throw new ArgumentException($"messages[{index}] is null.", nameof(messages));
            Write(message, $"messages[{index++}]");
        }
    }

    private void Write(ChatMessage message, string path)
    {
        bool hasResults = false;
        bool hasOthers = false;
        foreach (AIContent content in message.Contents)
        {
            if (content is FunctionResultContent result)
            {
                WriteResult(result);
                hasResults = true;
            }
            else if (content is not (FunctionCallContent or TextReasoningContent) && ContentWriter.IsPart(content))
                hasOthers = true;
        }
        // A message that brings nothing but results is those results.
        if (hasResults && !hasOthers)
            return;
        json.WriteStartObject();
        json.WriteString("role", message.Role.Value);
        if (message.Role == ChatRole.Assistant)
            WriteAssistant(message, path);
        else
            WriteContent(message, path);
        json.WriteEndObject();
    }

    private void WriteAssistant(ChatMessage message, string path)
    {
        FunctionCallContent[] calls =
        [
            .. message.Contents.OfType<FunctionCallContent>().Where(call => !call.InformationalOnly),
        ];
        foreach (AIContent content in message.Contents)
        {
            if (content is DataContent or UriContent)
                throw new NotSupportedException($"{path}: an assistant's message holds text and tool calls only.");
        }
        string text = message.Text;
        if (text.Length > 0 || calls.Length == 0)
            json.WriteString("content", text);
        else
            json.WriteNull("content");
        if (calls.Length == 0)
            return;
        json.WriteStartArray("tool_calls");
        foreach (FunctionCallContent call in calls)
            WriteCall(call);
        json.WriteEndArray();
    }

    private void WriteCall(FunctionCallContent call)
    {
        json.WriteStartObject();
        json.WriteString("id", call.CallId);
        json.WriteString("type", "function");
        json.WriteStartObject("function");
        json.WriteString("name", call.Name);
        // Arguments that were not JSON go back as the model wrote them, so that it sees its mistake.
        json.WriteString(
            "arguments",
            call is { Exception: not null, RawRepresentation: ToolCallAnswer raw }
                ? raw.Function?.Arguments ?? ""
                : JsonSerializer.Serialize(call.Arguments ?? new Dictionary<string, object?>(), Arguments)
        );
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteResult(FunctionResultContent result)
    {
        json.WriteStartObject();
        json.WriteString("role", "tool");
        json.WriteString("tool_call_id", result.CallId);
        json.WriteString("content", ResultText(result));
        json.WriteEndObject();
    }

    private static string ResultText(FunctionResultContent result) =>
        result.Result switch
        {
            // The exception's own text may hold what only the program may know.
            null when result.Exception is not null => "Error: the tool failed.",
            null => "null",
            string text => text,
            JsonElement { ValueKind: JsonValueKind.String } element => element.GetString()!,
            TextContent content => content.Text,
            { } value => JsonSerializer.Serialize(value, AIJsonUtilities.DefaultOptions.GetTypeInfo(value.GetType())),
        };

    private void WriteContent(ChatMessage message, string path)
    {
        AIContent[] parts = [.. message.Contents.Where(ContentWriter.IsPart)];
        if (parts is [] or [TextContent])
        {
            json.WriteString("content", parts is [TextContent only] ? only.Text : "");
            return;
        }
        json.WriteStartArray("content");
        for (int index = 0; index < parts.Length; index++)
            ContentWriter.Write(json, parts[index], $"{path}.contents[{index}]");
        json.WriteEndArray();
    }

    private void WriteText(string role, string text)
    {
        json.WriteStartObject();
        json.WriteString("role", role);
        json.WriteString("content", text);
        json.WriteEndObject();
    }
}
