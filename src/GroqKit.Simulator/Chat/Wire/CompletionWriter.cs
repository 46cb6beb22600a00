using System.Text.Json;
using GroqKit.Simulator.Chat.Answers;
using GroqKit.Simulator.Chat.ServerTools;

namespace GroqKit.Simulator.Chat.Wire;

/// <summary>Writes an answer that is sent in one piece.</summary>
internal static class CompletionWriter
{
    public static void Write(Utf8JsonWriter json, AnswerFrame frame)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, frame.CompletionId);
        json.WriteString("object"u8, "chat.completion"u8);
        json.WriteNumber("created"u8, frame.Created);
        json.WriteString("model"u8, frame.Model.Id);
        json.WriteStartArray("choices"u8);
        json.WriteStartObject();
        json.WriteNumber("index"u8, 0);
        WriteMessage(json, frame.Answer);
        json.WriteNull("logprobs"u8);
        json.WriteString("finish_reason"u8, frame.Answer.FinishReason);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WritePropertyName("usage"u8);
        UsageWriter.Write(json, frame);
        UsageWriter.WriteBreakdown(json, frame);
        ExecutedToolWriter.WriteServers(json, frame.Answer.Run.Servers);
        json.WriteString("system_fingerprint"u8, frame.Fingerprint);
        json.WriteStartObject("x_groq"u8);
        json.WriteString("id"u8, frame.RequestId);
        json.WriteNumber("seed"u8, frame.Seed);
        json.WriteEndObject();
        json.WriteString("service_tier"u8, "on_demand"u8);
        json.WriteEndObject();
    }

    /// <summary>The function's name and arguments, as both a call and a deprecated function call hold them.</summary>
    public static void WriteFunction(Utf8JsonWriter json, ToolCall call)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, call.Name);
        json.WriteString("arguments"u8, call.Arguments);
        json.WriteEndObject();
    }

    private static void WriteMessage(Utf8JsonWriter json, ChatAnswer answer)
    {
        json.WriteStartObject("message"u8);
        json.WriteString("role"u8, "assistant"u8);
        if (answer.Content is { } content)
            json.WriteString("content"u8, content);
        if (answer.Reasoning is { } reasoning)
            json.WriteString("reasoning"u8, reasoning);
        ExecutedToolWriter.WriteAll(json, answer.Run.Executed);
        if (answer.FinishReason is "function_call")
        {
            json.WritePropertyName("function_call"u8);
            WriteFunction(json, answer.Calls[0]);
        }
        else if (answer.Calls.Count > 0)
        {
            json.WriteStartArray("tool_calls"u8);
            foreach (ToolCall call in answer.Calls)
            {
                json.WriteStartObject();
                json.WriteString("id"u8, call.Id);
                json.WriteString("type"u8, "function"u8);
                json.WritePropertyName("function"u8);
                WriteFunction(json, call);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
